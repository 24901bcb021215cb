package io.migrator.backup;

import io.migrator.report.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the lines that a run says. */
final class Notes implements Progress {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return lines;
    }

    @Override
    public void stage(String name, long objects, long bytes) {}

    @Override
    public void advance(long objects, long bytes) {}

    @Override
    public void note(String line) {
        lines.add(line);
    }
}
