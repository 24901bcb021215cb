package io.migrator.backup;

import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Does something once, when a stage begins, and keeps the lines. */
class AtStage implements Progress {
    private final String wanted;
    private final Runnable action;
    final List<String> notes = new CopyOnWriteArrayList<>();
    private boolean done;

    AtStage(String wanted, Runnable action) {
        this.wanted = wanted;
        this.action = action;
    }

    @Override
    public void stage(Stage stage) {
        if (stage.name().equals(wanted) && !done) {
            done = true;
            action.run();
        }
    }

    @Override
    public void advance(long objects, long bytes) {}

    @Override
    public void note(String line) {
        notes.add(line);
    }
}
