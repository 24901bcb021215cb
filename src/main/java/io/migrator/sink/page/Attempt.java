package io.migrator.sink.page;

import io.migrator.record.RecordedRun;
import io.migrator.record.RecordedRun.State;
import io.migrator.record.RunFigures;
import io.migrator.record.StageSpan;
import io.migrator.record.WholeRecord;
import io.migrator.report.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One run of a piece of work, as a row of the timeline.
 *
 * @param number 1 for the first since the work was last done
 * @param ended what became of it, in a word
 * @param did in this attempt alone
 * @param stages in seconds since its begin
 */
record Attempt(int number, Instant began, String ended, RunFigures did, double seconds, List<Span> stages) {
    static final List<String> HEADER = List.of("attempt", "began", "took", "ended", "objects", "bytes", "stages");

    /** A stage from its first sign to its last. */
    record Span(String name, double from, double to) {
        String words() {
            return name + " " + Times.took(to - from);
        }
    }

    /** @param state of the run, where it has no end */
    static Attempt of(WholeRecord record, State state, RunFigures did) {
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
        return new Attempt(run.start().attempt(), begin, ended(run, state), did, seconds, spans);
    }

    String title() {
        return "%d: %s %s".formatted(number, Times.at(began), ended);
    }

    /** The same and its stages in words. */
    List<String> cells() {
        return List.of(
                String.valueOf(number),
                Times.at(began),
                Times.took(seconds),
                ended,
                String.format(Locale.ROOT, "%,d", did.objects()),
                ByteSize.text((double) did.bytes()),
                stages.stream().map(Span::words).collect(Collectors.joining(", ")));
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
