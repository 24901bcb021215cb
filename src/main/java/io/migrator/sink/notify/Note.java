package io.migrator.sink.notify;

import io.migrator.record.RunEnd;
import io.migrator.record.RunStart;
import io.migrator.report.ByteSize;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of a run that ended: for people in one text, for programs as the last line of {@code --output=json} says it. */
final class Note {
    private Note() {}

    /** Such as {@code nightly: ended with 5 UNREACHABLE after 0:42, attempt 2}, and what the run says. */
    static String text(RunStart start, RunEnd end) {
        long seconds = Math.round(end.seconds());
        String name = end.name().isEmpty() ? "" : " of backup " + end.name();
        String how = end.failure() == null ? "succeeded" : "ended with %d %s".formatted(end.exitCode(), end.word());
        String did = end.figures().objects() == 0 && end.figures().bytes() == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d objects, %s", end.figures().objects(), ByteSize.text((double)
                        end.figures().bytes()));
        return "%s%s on %s %s after %d:%02d:%02d%s%s%n%s"
                .formatted(
                        start.task(),
                        name,
                        start.writer().host(),
                        how,
                        seconds / 3600,
                        seconds / 60 % 60,
                        seconds % 60,
                        start.attempt() > 1 ? ", attempt " + start.attempt() : "",
                        did,
                        end.message());
    }

    static Map<String, @Nullable Object> facts(RunStart start, RunEnd end) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("message_type", "summary");
        facts.put("event", "end");
        facts.put("job", start.task());
        facts.put("kind", start.kind());
        facts.put("exit_code", end.exitCode());
        facts.put("failure", end.failure() == null ? null : end.word());
        facts.put("message", end.message());
        facts.put("name", end.name());
        facts.put("run_id", start.runId());
        facts.put("label", start.label());
        facts.put("host", start.writer().host());
        facts.put("attempt", start.attempt());
        facts.put("restartable", end.restartable());
        facts.put("started_at", start.startedAt().toString());
        facts.put("ended_at", end.at().toString());
        facts.put("seconds", end.seconds());
        facts.put("objects", end.figures().objects());
        facts.put("bytes", end.figures().bytes());
        facts.put("rows", end.figures().rows());
        return facts;
    }
}
