package io.migrator.lab;

import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the lines that a run says. */
public final class Notes implements Progress {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public List<String> lines() {
        return lines;
    }

    @Override
    public void stage(Stage stage) {}

    @Override
    public void advance(long objects, long bytes) {}

    @Override
    public void note(String line) {
        lines.add(line);
    }
}
