package io.migrator.sink.page;

import io.migrator.failure.Failure;
import io.migrator.lease.ProcessMark;
import io.migrator.record.RecordedRun;
import io.migrator.record.RunEnd;
import io.migrator.record.RunFigures;
import io.migrator.record.RunStart;
import io.migrator.record.RunTroubles;
import io.migrator.record.RunWriter;
import io.migrator.record.StageSpan;
import io.migrator.record.WholeRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs that were never run, each moment of them known. */
final class Stories {
    /** As a clock tells it. */
    private static final Instant BEGIN = Instant.parse("2026-11-30T02:15:00.123456789Z");

    private static final long ALL = 2100;
    private static final long SIZE = 4_000_000;

    private Stories() {}

    /** A backup that was killed twice and then came to its end. */
    static RunStory killedTwice(Map<String, Object> facts, @Nullable Failure failure, String message) {
        List<WholeRecord> before = new ArrayList<>();
        before.add(attempt(1, BEGIN, 90, 0, null));
        before.add(attempt(2, BEGIN.plusSeconds(600), 150, 345, null));
        Instant begin = BEGIN.plusSeconds(1200);
        List<StageSpan> stages = stages(begin, 240, 990, true);
        RunEnd end = new RunEnd(
                failure,
                message,
                "nightly_2026_11_30",
                begin.plusSeconds(240),
                240,
                new RunFigures(1110, 4_440_000_000L, "server", 1_000_000, 2, 0, 0, 0),
                new RunTroubles(1, 17, 9),
                stages.stream()
                        .filter(stage -> stage.state().equals(StageSpan.DONE))
                        .toList(),
                false);
        WholeRecord last = attempt(3, begin, 240, 990, end);
        return new RunStory(
                new WholeRecord(
                        last.run(),
                        last.stages(),
                        List.of(
                                new WholeRecord.Said(
                                        begin.plusSeconds(21), false, "objects are copied inside the server"),
                                new WholeRecord.Said(begin.plusSeconds(130), true, "the store asks to slow down")),
                        facts,
                        0),
                RecordedRun.State.ENDED,
                before,
                end.figures());
    }

    static Map<String, Object> collections(String... names) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("message_type", "summary");
        facts.put("transfer", "server-side");
        facts.put("objects_copied", 1110L);
        facts.put("bytes_copied", 4_440_000_000L);
        List<Map<String, Object>> collections = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("collection", names[i]);
            one.put("segments", 10L + i);
            one.put("rows", 500_000L + i);
            one.put("bytes", 5_600_000_000L >> i % 20);
            collections.add(one);
        }
        facts.put("collections", collections);
        return facts;
    }

    private static WholeRecord attempt(int attempt, Instant begin, int seconds, long found, @Nullable RunEnd end) {
        List<StageSpan> stages = stages(begin, seconds, found, end != null);
        RunStart start = new RunStart(
                "00000000-0000-0000-0000-00000000000" + attempt,
                "nightly",
                "backup",
                "work",
                attempt,
                "",
                "nightly_2026_11_30",
                Map.of("collection", "book"),
                "c0ffee",
                "dag 7",
                86_400,
                begin,
                // Of an earlier boot of a host that is none: neither alive nor known to be dead.
                new RunWriter("1.0", "17.0.15", "Linux", "host-a", 4711, new ProcessMark("", 0)));
        RecordedRun run = new RecordedRun(
                Path.of("x.jsonl"), start, stages.get(stages.size() - 1), end, begin.plusSeconds(seconds), List.of());
        return new WholeRecord(run, stages, List.of(), Map.of(), 0);
    }

    /** Twenty seconds of planning, then copying with a sample every five. */
    private static List<StageSpan> stages(Instant begin, int seconds, long found, boolean whole) {
        List<StageSpan> stages = new ArrayList<>();
        stages.add(new StageSpan("plan", StageSpan.BEGAN, begin, 0, 0, 0, 0, 0));
        stages.add(new StageSpan("plan", StageSpan.DONE, begin.plusSeconds(20), 20, 2, 2, 0, 0));
        stages.add(
                new StageSpan("copy", StageSpan.BEGAN, begin.plusSeconds(20), 0, found, ALL, found * SIZE, ALL * SIZE));
        for (int at = 5; at < seconds - 20; at += 5) {
            long objects = found + at * 5L + (at % 20 == 0 ? 20 : 0);
            stages.add(new StageSpan(
                    "copy",
                    StageSpan.RUNNING,
                    begin.plus(Duration.ofSeconds(20L + at)),
                    at,
                    objects,
                    ALL,
                    objects * SIZE,
                    ALL * SIZE));
        }
        if (whole) {
            stages.add(new StageSpan(
                    "copy",
                    StageSpan.DONE,
                    begin.plusSeconds(seconds),
                    seconds - 20.0,
                    ALL,
                    ALL,
                    ALL * SIZE,
                    ALL * SIZE));
        }
        return stages;
    }
}
