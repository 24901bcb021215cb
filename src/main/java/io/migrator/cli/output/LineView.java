package io.migrator.cli.output;

import io.migrator.failure.Printable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Progress as lines, for log files. */
final class LineView implements ProgressView {
    private final CleanStream out;

    LineView(CleanStream out) {
        this.out = out;
    }

    @Override
    public void began(StageState stage) {
        String work = stage.totalObjects() > 0 ? ": " + stage.text() : "";
        out.println(Printable.text(stage.name()) + work);
    }

    @Override
    public void beat(StageState stage, WholeRun.@Nullable Guess whole) {
        out.println(Printable.text(stage.name()) + ": " + stage.textWithTimeLeft());
        if (whole != null) {
            out.println(whole.text());
        }
    }

    @Override
    public void ended(StageState stage, boolean whole) {
        String text = stage.text();
        out.println(Printable.text(stage.name())
                + (whole ? " done in " : " broke off after ")
                + Amounts.duration(stage.elapsed())
                + (text.isEmpty() ? "" : ": " + text));
    }

    @Override
    public void all(Duration took) {
        out.println("took " + Amounts.duration(took));
    }

    @Override
    public void note(String line) {
        out.println(Printable.text(line));
    }
}
