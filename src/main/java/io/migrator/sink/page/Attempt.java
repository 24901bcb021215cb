package io.migrator.sink.page;

import io.migrator.record.RecordedRun;
import io.migrator.record.RecordedRun.State;
import io.migrator.record.StageSpan;
import io.migrator.record.WholeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a piece of work, as a row of the timeline.
 *
 * @param stages in seconds since its begin
 */
record Attempt(String title, double seconds, List<Span> stages) {
    /** A stage from its first sign to its last. */
    record Span(String name, double from, double to) {}

    /** @param state of the run, where it has no end */
    static Attempt of(WholeRecord record, State state) {
        RecordedRun run = record.run();
        Instant begin = run.start().startedAt();
        List<Span> spans = new ArrayList<>();
        String name = "";
        double from = 0;
        double to = 0;
        for (StageSpan stage : record.stages()) {
            double at = Duration.between(begin, stage.at()).toMillis() / 1000.0;
            if (stage.state().equals(StageSpan.BEGAN) || !stage.name().equals(name)) {
                if (!name.isEmpty()) {
                    spans.add(new Span(name, from, to));
                }
                name = stage.name();
                from = at;
            }
            to = at;
        }
        if (!name.isEmpty()) {
            spans.add(new Span(name, from, to));
        }
        double seconds = Math.max(to, run.duration().toMillis() / 1000.0);
        return new Attempt(
                "%d: %s %s".formatted(run.start().attempt(), Times.at(begin), ended(run, state)), seconds, spans);
    }

    private static String ended(RecordedRun run, State state) {
        if (run.end() != null) {
            return run.end().word();
        }
        return switch (state) {
            case RUNNING -> "running";
            case KILLED -> "KILLED";
            case ENDED, UNKNOWN -> "no end known";
        };
    }

    /** The last that was told of each stage of a run without an end. */
    static List<StageSpan> lastOfEach(List<StageSpan> told) {
        Map<String, StageSpan> last = new LinkedHashMap<>();
        told.forEach(stage -> last.put(stage.name(), stage));
        return List.copyOf(last.values());
    }
}
