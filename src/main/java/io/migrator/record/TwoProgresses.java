package io.migrator.record;

import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.util.List;

/** Tells two what is told. */
public record TwoProgresses(Progress first, Progress second) implements Progress {
    @Override
    public void begun() {
        first.begun();
        second.begun();
    }

    @Override
    public void stage(Stage stage) {
        first.stage(stage);
        second.stage(stage);
    }

    @Override
    public void advance(long objects, long bytes) {
        first.advance(objects, bytes);
        second.advance(objects, bytes);
    }

    @Override
    public void outside(List<String> atWork) {
        first.outside(atWork);
        second.outside(atWork);
    }

    @Override
    public void note(String line) {
        first.note(line);
        second.note(line);
    }
}
