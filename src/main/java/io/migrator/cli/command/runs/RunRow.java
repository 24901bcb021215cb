package io.migrator.cli.command.runs;

import io.migrator.cli.output.Amounts;
import io.migrator.failure.FirstNames;
import io.migrator.record.RecordedRun;
import io.migrator.record.RunEnd;
import io.migrator.record.RunFigures;
import io.migrator.record.RunStart;
import io.migrator.record.StageSpan;
import io.migrator.record.UnendedRun;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run as a line of the history.
 *
 * @param figures of one that goes on those of the stage it is in
 */
record RunRow(RecordedRun run, RecordedRun.State state, RunFigures figures) {
    private static final int LEFT_SHOWN = 3;

    static final List<String> HEADER =
            List.of("STARTED", "TOOK", "TASK", "BACKUP", "ENDED", "OBJECTS", "BYTES", "ROWS", "ATTEMPT", "");

    /** @param later runs that began after it, the oldest first */
    static RunRow of(RecordedRun run, Collection<RecordedRun> later) {
        RecordedRun.State state = run.state();
        return new RunRow(run, state, figures(run, state, later));
    }

    List<String> cells() {
        RunStart start = run.start();
        return List.of(
                start.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                Amounts.duration(run.duration()),
                start.task(),
                run.name().isEmpty() ? "-" : run.name(),
                ended(),
                Amounts.count(figures.objects()),
                Amounts.bytes((double) figures.bytes()),
                figures.rows() == 0 ? "-" : Amounts.count(figures.rows()),
                String.valueOf(start.attempt()),
                remark());
    }

    private static RunFigures figures(RecordedRun run, RecordedRun.State state, Collection<RecordedRun> later) {
        RunEnd end = run.end();
        StageSpan last = run.last();
        if (end != null) {
            return end.figures();
        }
        if (state != RecordedRun.State.RUNNING) {
            return UnendedRun.figures(run, later);
        }
        return last == null ? RunFigures.NONE : new RunFigures(last.objects(), last.bytes(), "", 0, 0, 0, 0, 0);
    }

    /** The exit code with its word, or what there is instead. */
    String ended() {
        RunEnd end = run.end();
        if (end != null) {
            return "%d %s".formatted(end.exitCode(), end.word());
        }
        StageSpan last = run.last();
        String where = last == null ? "" : " in " + last.name();
        return switch (state) {
            case RUNNING -> "running" + (last == null ? "" : ": " + progress(last));
            case KILLED -> "KILLED" + where;
            case ENDED, UNKNOWN -> "no end known" + where;
        };
    }

    private static String progress(StageSpan stage) {
        boolean known = stage.totalBytes() > 0 || stage.totalObjects() > 0;
        return stage.name() + (known ? " %d %%".formatted((int) (stage.share() * 100)) : "");
    }

    private String remark() {
        return Stream.of(told(run.end()), left(), run.start().label())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** What servers go on with; of a run that goes on, nothing that it would not wait for. */
    private String left() {
        return run.outside().isEmpty() || state == RecordedRun.State.RUNNING
                ? ""
                : "left " + FirstNames.of(run.outside(), LEFT_SHOWN);
    }

    private String told(@Nullable RunEnd end) {
        return state == RecordedRun.State.UNKNOWN
                ? "on %s, last heard of %s"
                        .formatted(run.start().writer().host(), run.lastWord().truncatedTo(ChronoUnit.SECONDS))
                : end != null && end.alreadyComplete() ? "was complete already" : "";
    }

    /** What became of it, in a sentence. */
    String told() {
        RunEnd end = run.end();
        String begin = "%s %s: "
                .formatted(
                        run.start().startedAt().truncatedTo(ChronoUnit.SECONDS),
                        run.start().task());
        return begin + (end == null || end.message().isEmpty() ? ended() : end.message());
    }

    Map<String, Object> facts() {
        RunStart start = run.start();
        RunEnd end = run.end();
        StageSpan last = run.last();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("run_id", start.runId());
        facts.put("task", start.task());
        facts.put("kind", start.kind());
        facts.put("name", run.name());
        facts.put("state", state.name().toLowerCase(Locale.ROOT));
        facts.put("started_at", start.startedAt().toString());
        facts.put("seconds", run.duration().toMillis() / 1000.0);
        facts.put("attempt", start.attempt());
        facts.put("label", start.label());
        facts.put("host", start.writer().host());
        facts.put("pid", start.writer().pid());
        facts.put("objects", figures.objects());
        facts.put("bytes", figures.bytes());
        facts.put("rows", figures.rows());
        facts.put("record", run.file().toString());
        if (end != null) {
            facts.put("ended_at", end.at().toString());
            facts.put("exit_code", end.exitCode());
            facts.put("failure", end.failure() == null ? "" : end.word());
            facts.put("message", end.message());
            facts.put("already_complete", end.alreadyComplete());
            facts.put("warnings", end.troubles().warnings());
        } else if (last != null) {
            facts.put("stage", last.name());
            facts.put("objects_total", last.totalObjects());
            facts.put("bytes_total", last.totalBytes());
        }
        if (!left().isEmpty()) {
            facts.put("left", run.outside());
        }
        return facts;
    }
}
