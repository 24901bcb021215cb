package io.migrator.launch;

import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.util.concurrent.atomic.AtomicLong;

/** Does something once, when a stage begins or when so much of it is done, and counts the objects of that stage. */
public final class StageHook implements Progress {
    private final String wanted;
    private final long after;
    private final Runnable what;
    private final AtomicLong objects = new AtomicLong();
    private volatile String now = "";
    private boolean done;

    private StageHook(String wanted, long after, Runnable what) {
        this.wanted = wanted;
        this.after = after;
        this.what = what;
    }

    public static StageHook at(String stage, Runnable what) {
        return new StageHook(stage, 0, what);
    }

    public static StageHook after(String stage, long objects, Runnable what) {
        return new StageHook(stage, objects, what);
    }

    public long objects() {
        return objects.get();
    }

    @Override
    public void stage(Stage stage) {
        now = stage.name();
        act();
    }

    @Override
    public void advance(long more, long bytes) {
        if (now.equals(wanted)) {
            objects.addAndGet(more);
            act();
        }
    }

    private synchronized void act() {
        if (!done && now.equals(wanted) && objects.get() >= after) {
            done = true;
            what.run();
        }
    }

    @Override
    public void note(String line) {}
}
