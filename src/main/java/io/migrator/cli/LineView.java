package io.migrator.cli;

import java.io.PrintStream;

/** Progress as lines, for log files. */
final class LineView implements ProgressView {
    private final PrintStream out;

    LineView(PrintStream out) {
        this.out = out;
    }

    @Override
    public void began(StageState stage) {
        String work = stage.totalObjects() > 0 ? ": " + stage.text() : "";
        out.println(stage.name() + work);
    }

    @Override
    public void beat(StageState stage) {
        out.println(stage.name() + ": " + stage.textWithTimeLeft());
    }

    @Override
    public void ended(StageState stage) {
        String text = stage.text();
        out.println(
                stage.name() + " done in " + Amounts.duration(stage.elapsed()) + (text.isEmpty() ? "" : ": " + text));
    }

    @Override
    public void note(String line) {
        out.println(line);
    }
}
