package io.migrator.cli.output;

import io.migrator.failure.Failure;
import io.migrator.failure.KnownSecrets;
import io.migrator.failure.Printable;
import io.migrator.report.AsIs;
import io.migrator.report.JobStages;
import io.migrator.report.JsonLine;
import io.migrator.report.RunReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where progress and result go (stdout), and what went wrong (stderr). */
public final class Output {
    private static final Duration LINE_BEAT = Duration.ofSeconds(10);
    private static final Duration BAR_BEAT = Duration.ofMillis(200);

    private final CleanStream out;
    private final CleanStream err;
    private OutputForm form;
    private UnaryOperator<String> wording = UnaryOperator.identity();
    private Colours colours = Colours.NONE;

    public Output(PrintStream out, PrintStream err, OutputForm form) {
        this.out = CleanStream.of(out);
        this.err = CleanStream.of(err);
        this.form = form;
    }

    /** From now on messages about the configuration are in the words of its version. */
    public void wording(UnaryOperator<String> newWording) {
        wording = newWording;
    }

    /** From now on lines of JSON say that they are of the run with this record. */
    public void runId(String id) {
        form = form.of(id);
    }

    /** From now on verdicts are coloured so. */
    public void colours(Colours newColours) {
        colours = newColours;
    }

    /** @param columns width of the terminal that stdout is, 0 where it is none */
    public LiveProgress progress(int columns) {
        return progress(columns, "");
    }

    /** @param job whose stages tell how far the whole is; empty for none */
    public LiveProgress progress(int columns, String job) {
        WholeRun run = new WholeRun(job, JobStages.of(job));
        if (form.quiet()) {
            return new LiveProgress(ProgressView.NONE, LINE_BEAT);
        }
        if (form.json()) {
            return new LiveProgress(new JsonView(out, form), LINE_BEAT, run);
        }
        return columns > 0
                ? new LiveProgress(new BarView(out, columns), BAR_BEAT, run)
                : new LiveProgress(new LineView(out), LINE_BEAT, run);
    }

    /** Lines of a text result; JSON tells the same in its summary. */
    public void text(List<String> lines) {
        if (!form.json()) {
            lines.forEach(out::println);
        }
    }

    /** A text that the user asked for with its secrets in it. */
    public void asIs(AsIs text) {
        if (!form.json()) {
            out.asIs(text);
        }
    }

    /** Help and version: text in any form of output. */
    public int plain(List<String> lines) {
        lines.forEach(out::println);
        return requireTold(null, "");
    }

    public void warn(List<String> lines) {
        if (!form.quiet()) {
            BarLine.above(() -> lines.forEach(line -> err.println("migrator: " + Printable.text(line))));
        }
    }

    /** A warning that {@code --quiet} does not silence. */
    public void alarm(String line) {
        BarLine.above(() -> err.println("migrator: " + Printable.text(wording.apply(line))));
    }

    public int done(String job, String message, Map<String, ? extends @Nullable Object> facts) {
        return end(job, null, message, facts, List.of(), null);
    }

    /**
     * Says how it ended, as the last thing.
     *
     * @param failure null where all went well
     * @return the exit code
     */
    public int end(
            String job,
            @Nullable Failure failure,
            String message,
            Map<String, ? extends @Nullable Object> facts,
            List<RunReport.Table> tables,
            @Nullable Throwable cause) {
        // Before it is cut into lines: a secret may have several.
        String told = KnownSecrets.ofThisProcess().masked(wording.apply(message));
        for (RunReport.Table table : tables) {
            text(List.of("", Printable.text(table.title())));
            text(TextTable.lines(table.header(), table.rows()));
        }
        if (failure != null) {
            told.lines().forEach(line -> colours.failed(err, failure, "migrator: " + line));
        } else if (!told.isEmpty() && !form.json()) {
            colours.done(out, told);
        }
        if (cause != null && form.debug()) {
            cause.printStackTrace(err);
        }
        err.flush();
        if (form.json()) {
            Map<String, Object> summary = form.line("summary");
            summary.put("job", job);
            summary.put("exit_code", failure == null ? 0 : failure.exitCode());
            summary.put("failure", failure == null ? null : failure.name());
            summary.put("message", told);
            facts.forEach(summary::putIfAbsent);
            out.json(JsonLine.of(summary));
        }
        return requireTold(failure, told);
    }

    /** The exit code; a success that nobody can have read is none. */
    private int requireTold(@Nullable Failure failure, String told) {
        if (!out.checkError()) {
            return failure == null ? 0 : failure.exitCode();
        }
        Failure ending = failure == null ? Failure.RESULT_UNTOLD : failure;
        err.println(
                "migrator: unable to write 'standard output': it takes no bytes, as on a full disk or where it is closed. "
                        + (failure != null || told.isEmpty()
                                ? "Make room, then run the same command again."
                                : "The run itself ended well: " + told));
        err.flush();
        return ending.exitCode();
    }
}
