package io.migrator.backup;

import io.migrator.report.Progress;

/** Ends the run where a stage begins, as a kill would. */
public record DiesAt(String wanted) implements Progress {
    @Override
    public void stage(String name, long objects, long bytes) {
        if (name.equals(wanted)) {
            throw new IllegalStateException("killed");
        }
    }

    @Override
    public void advance(long objects, long bytes) {}

    @Override
    public void note(String line) {}
}
