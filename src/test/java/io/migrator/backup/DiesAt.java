package io.migrator.backup;

import io.migrator.report.Progress;
import io.migrator.report.Stage;

/** Ends the run where a stage begins, as a kill would. */
public record DiesAt(String wanted) implements Progress {
    @Override
    public void stage(Stage stage) {
        if (stage.name().equals(wanted)) {
            throw new IllegalStateException("killed");
        }
    }

    @Override
    public void advance(long objects, long bytes) {}

    @Override
    public void note(String line) {}
}
