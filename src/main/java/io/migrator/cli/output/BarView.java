package io.migrator.cli.output;

import io.migrator.failure.KnownSecrets;
import io.migrator.failure.Printable;

/** Progress as one line that is drawn again and again, for terminals. */
final class BarView implements ProgressView {
    private static final int BAR = 24;

    private final CleanStream out;
    private final LineView lines;
    private final int width;
    private int drawn;

    /** @param width columns of the terminal */
    BarView(CleanStream out, int width) {
        this.out = out;
        this.lines = new LineView(out);
        this.width = width;
    }

    @Override
    public void began(StageState stage) {
        draw(line(stage));
    }

    @Override
    public void beat(StageState stage) {
        draw(line(stage));
    }

    @Override
    public void ended(StageState stage) {
        draw("");
        lines.ended(stage);
    }

    @Override
    public void note(String line) {
        draw("");
        lines.note(line);
    }

    private static String line(StageState stage) {
        if (stage.totalObjects() == 0 && stage.totalBytes() == 0) {
            return Printable.text(stage.name()) + ": " + stage.textWithTimeLeft();
        }
        int full = (int) Math.round(stage.share() * BAR);
        return "%s [%s%s] %s"
                .formatted(
                        Printable.text(stage.name()),
                        "#".repeat(full),
                        ".".repeat(BAR - full),
                        stage.textWithTimeLeft());
    }

    private void draw(String line) {
        String fitting = KnownSecrets.ofThisProcess().begin(line, width - 1);
        out.carriageReturn();
        out.print(fitting + " ".repeat(Math.max(0, drawn - fitting.length())));
        if (line.isEmpty()) {
            out.carriageReturn();
        }
        out.flush();
        drawn = fitting.length();
    }
}
