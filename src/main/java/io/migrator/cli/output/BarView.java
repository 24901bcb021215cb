package io.migrator.cli.output;

import io.migrator.failure.KnownSecrets;
import io.migrator.failure.Printable;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Progress as one line that is drawn again and again, for terminals. */
final class BarView implements ProgressView {
    private static final int BAR = 24;
    private static final String TURNING = "|/-\\";
    private static final int TURN_MILLIS = 200;

    private final BarLine bar;
    private final LineView lines;
    private final int width;

    /** @param width columns of the terminal */
    BarView(CleanStream out, int width) {
        this.bar = new BarLine(out);
        this.lines = new LineView(out);
        this.width = width;
    }

    @Override
    public void began(StageState stage) {
        draw(line(stage));
    }

    @Override
    public void beat(StageState stage, WholeRun.@Nullable Guess whole) {
        draw(whole == null ? line(stage) : line(stage, whole.text()));
    }

    @Override
    public void ended(StageState stage, boolean whole) {
        bar.draw("");
        lines.ended(stage, whole);
    }

    @Override
    public void all(Duration took) {
        lines.all(took);
    }

    @Override
    public void note(String line) {
        bar.draw("");
        lines.note(line);
    }

    private void draw(String line) {
        bar.draw(KnownSecrets.ofThisProcess().begin(line, width - 1));
    }

    /** With the whole run before it, where there is room for that: rates go before it does. */
    private String line(StageState stage, String whole) {
        String name = Printable.text(stage.name());
        String share = "%s %d%%".formatted(name, (int) (stage.share() * 100));
        return Stream.of(
                        line(stage),
                        share + ", " + timed(stage),
                        share + ", " + stage.amounts() + mark(stage),
                        share + mark(stage))
                .map(text -> whole + "; " + text)
                .filter(text -> text.length() < width)
                .findFirst()
                .orElseGet(() -> line(stage));
    }

    /** The time that is left stands still while an import says nothing, so a mark turns behind it, and where there is no time. */
    private static String mark(StageState stage) {
        return " " + TURNING.charAt((int) (stage.elapsed().toMillis() / TURN_MILLIS % TURNING.length()));
    }

    private static String timed(StageState stage) {
        return marked(stage.textWithTimeLeft(), stage);
    }

    private static String marked(String text, StageState stage) {
        return stage.quiet() ? text + mark(stage) : text;
    }

    /** With what the terminal has room for: the bar goes first, then all but the share and the time. */
    private String line(StageState stage) {
        String name = Printable.text(stage.name());
        if (stage.totalObjects() == 0 && stage.totalBytes() == 0) {
            return name + ": " + stage.textWithTimeLeft();
        }
        int full = (int) Math.round(stage.share() * BAR);
        String text = timed(stage);
        String whole = "%s [%s%s] %s".formatted(name, "#".repeat(full), ".".repeat(BAR - full), text);
        if (whole.length() < width) {
            return whole;
        }
        String share = "%s %d%%".formatted(name, (int) (stage.share() * 100));
        return share + ", " + (share.length() + text.length() + 2 < width ? text : marked(stage.time(), stage));
    }
}
