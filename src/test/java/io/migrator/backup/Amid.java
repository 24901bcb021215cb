package io.migrator.backup;

import io.migrator.report.Progress;
import io.migrator.report.Stage;

/**
 * Does something once, when so many objects have been copied.
 *
 * @param seen how many have been, in its one place
 */
record Amid(int objects, Runnable what, long[] seen) implements Progress {
    Amid(int objects, Runnable what) {
        this(objects, what, new long[1]);
    }

    @Override
    public void stage(Stage stage) {}

    @Override
    public synchronized void advance(long more, long bytes) {
        long before = seen[0];
        seen[0] += more;
        if (before < objects && seen[0] >= objects) {
            what.run();
        }
    }

    @Override
    public void note(String line) {}
}
