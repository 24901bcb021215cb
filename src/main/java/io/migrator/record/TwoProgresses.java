package io.migrator.record;

import io.migrator.report.Progress;

/** Tells two what is told. */
public record TwoProgresses(Progress first, Progress second) implements Progress {
    @Override
    public void stage(String name, long totalObjects, long totalBytes) {
        first.stage(name, totalObjects, totalBytes);
        second.stage(name, totalObjects, totalBytes);
    }

    @Override
    public void advance(long objects, long bytes) {
        first.advance(objects, bytes);
        second.advance(objects, bytes);
    }

    @Override
    public void note(String line) {
        first.note(line);
        second.note(line);
    }
}
