package io.migrator.record;

import io.migrator.failure.Failure;
import io.migrator.lease.ProcessMark;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes records for tests. */
public final class Runs {
    /** As records call the vault of all these runs. */
    public static final String VAULT = "0123456789abcdef";

    private static final Duration SELDOM = Duration.ofHours(1);

    private Runs() {}

    /** A run of a backup that begins now. */
    public static RunStart start(String task, String name) {
        return start(task, name, Instant.now());
    }

    public static RunStart start(String task, String name, Instant at) {
        return new RunStart(
                UUID.randomUUID().toString(),
                task,
                "backup",
                "work of " + name,
                1,
                VAULT,
                name,
                Map.of("name", name, "collection", "book"),
                "c0ffee",
                "",
                86_400,
                at,
                RunWriter.look());
    }

    /** A further run of the same work. */
    public static RunStart attempt(String task, String name, Instant at, int number) {
        RunStart one = start(task, name, at);
        return with(one, number, one.writer());
    }

    /** The same run by a process of before this machine was started, or of one whose processes cannot be seen. */
    public static RunStart ofADeadProcess(RunStart start) {
        RunWriter here = start.writer();
        return with(
                start,
                start.attempt(),
                new RunWriter(
                        here.program(),
                        here.java(),
                        here.os(),
                        here.host(),
                        here.pid(),
                        new ProcessMark("another-boot pid:[1]", 1)));
    }

    private static RunStart with(RunStart start, int attempt, RunWriter writer) {
        return new RunStart(
                start.runId(),
                start.task(),
                start.kind(),
                start.work(),
                attempt,
                start.vault(),
                start.name(),
                start.parameters(),
                start.config(),
                start.label(),
                start.everySeconds(),
                start.startedAt(),
                writer);
    }

    /** Begins a record that says nothing by itself. */
    public static RunRecording begin(Path state, RunStart start) {
        return RunRecording.begin(state, start, Clock.systemUTC(), SELDOM);
    }

    /** A whole record of a run that copied something. */
    public static RunEnd ended(Path state, RunStart start, @Nullable Failure failure, String message) {
        return ended(state, start, failure, message, Map.of("objects_copied", 20L, "bytes_copied", 12_360L));
    }

    public static RunEnd ended(
            Path state, RunStart start, @Nullable Failure failure, String message, Map<String, ?> facts) {
        RunRecording recording = begin(state, start);
        recording.stage("plan", 2, 0);
        recording.advance(2, 0);
        recording.stage("copy", 20, 12_360);
        recording.advance(20, 12_360);
        return recording.end(failure, message, facts, RunTroubles.NONE);
    }
}
