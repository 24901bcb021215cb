package io.migrator.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.migrator.failure.Failure;
import io.migrator.failure.KnownSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

/** What a run leaves behind, while it goes on and once it ended. */
class RunRecordingTest {
    @TempDir
    Path state;

    @Test
    void tellsAllOfARunThatEnded() throws IOException {
        RunStart start = Runs.start("nightly", "n1");
        RunRecording recording = Runs.begin(state, start);
        recording.stage("plan", 2, 0);
        recording.advance(2, 0);
        recording.note("a decision");
        recording.stage("copy", 20, 4096);
        recording.advance(20, 4096);
        recording.warning("a server asked to wait");
        RunEnd end = recording.end(
                null,
                "backup n1 is complete",
                Map.of(
                        "transfer",
                        "server-side",
                        "objects_copied",
                        20L,
                        "bytes_copied",
                        4096L,
                        "collections",
                        List.of(Map.of("collection", "default.book", "rows", 60L, "bytes", 4096L))),
                new RunTroubles(1, 2, 3));

        RecordedRun run = RecordedRun.read(recording.file()).orElseThrow();
        assertThat(run.start()).isEqualTo(start);
        assertThat(run.end()).isEqualTo(end);
        assertThat(run.state()).isEqualTo(RecordedRun.State.ENDED);
        assertThat(end.figures()).isEqualTo(new RunFigures(20, 4096, "server", 60, 1, 0, 0, 0));
        assertThat(end.troubles()).isEqualTo(new RunTroubles(1, 2, 3));
        assertThat(end.stages()).extracting(StageSpan::name).containsExactly("plan", "copy");
        assertThat(end.stages()).extracting(StageSpan::bytes).containsExactly(0L, 4096L);
        WholeRecord whole = WholeRecord.read(run).orElseThrow();
        assertThat(whole.said())
                .extracting(WholeRecord.Said::text, WholeRecord.Said::warning)
                .containsExactly(tuple("a decision", false), tuple("a server asked to wait", true));
        assertThat(whole.facts()).containsEntry("bytes_copied", 4096L);
        assertThat(whole.unreadable()).isZero();
        assertThat(Files.getPosixFilePermissions(recording.file()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void isReadWhileTheRunGoesOn() {
        RunStart start = Runs.start("nightly", "n1");
        try (RunRecording recording = RunRecording.begin(state, start, Clock.systemUTC(), Duration.ofMillis(20))) {
            recording.stage("copy", 30, 3000);
            recording.advance(10, 1000);

            await().until(() -> RecordedRun.read(recording.file())
                    .map(RecordedRun::last)
                    .filter(last -> last.objects() == 10)
                    .isPresent());
            RecordedRun run = RecordedRun.read(recording.file()).orElseThrow();
            assertThat(run.state()).isEqualTo(RecordedRun.State.RUNNING);
            assertThat(run.end()).isNull();
            StageSpan last = run.last();
            assertThat(last).isNotNull();
            assertThat(last.share()).isEqualTo(1000.0 / 3000);
        }
    }

    @Test
    void aStageThatFailedIsNotDone() {
        RunRecording recording = Runs.begin(state, Runs.start("nightly", "n1"));
        recording.stage("plan", 0, 0);
        recording.stage("copy", 20, 0);
        RunEnd end = recording.end(Failure.UNREACHABLE, "unable to copy", Map.of(), RunTroubles.NONE);

        assertThat(end.stages()).extracting(StageSpan::state).containsExactly(StageSpan.DONE, StageSpan.BROKEN_OFF);
        assertThat(end.exitCode()).isEqualTo(5);
        assertThat(end.word()).isEqualTo("UNREACHABLE");
        assertThat(end.restartable()).isTrue();
    }

    /** What came last within a second stands there, and nothing of a run that ended well. */
    @ParameterizedTest
    @NullSource
    @EnumSource(value = Failure.class, names = "STOPPED")
    void whatServersAreAtIsToldOfARunThatBrokeOff(@Nullable Failure failure) {
        RunRecording recording = Runs.begin(state, Runs.start("nightly", "n1"));
        recording.stage("import", 9, 0);
        for (int job = 1; job <= 9; job++) {
            recording.outside(List.of("import job " + job + " of default.a"));
        }
        recording.end(failure, "", Map.of(), RunTroubles.NONE);

        assertThat(RecordedRun.read(recording.file()).orElseThrow().outside())
                .isEqualTo(failure == null ? List.of() : List.of("import job 9 of default.a"));
        assertThat(recording.file()).content().containsPattern("import job 1 ").doesNotContain("import job 5 ");
    }

    @Test
    void holdsNoSecret() throws IOException {
        KnownSecrets.ofThisProcess().learn("a-secret-of-the-record");
        RunStart plain = Runs.start("nightly", "n1");
        RunStart start = new RunStart(
                plain.runId(),
                plain.task(),
                plain.kind(),
                plain.work(),
                1,
                "",
                "n1",
                Map.of("tag", "a-secret-of-the-record"),
                "",
                "",
                0,
                plain.startedAt(),
                plain.writer());
        RunRecording recording = Runs.begin(state, start);
        recording.note("with a-secret-of-the-record");
        recording.end(null, "a-secret-of-the-record", Map.of("x", "a-secret-of-the-record"), RunTroubles.NONE);

        assertThat(Files.readString(recording.file()))
                .doesNotContain("a-secret-of-the-record")
                .contains("****");
    }

    @Test
    void whatCannotBeWrittenIsLeftOut() throws IOException {
        Files.writeString(state.resolve("runs"), "a file");
        RunRecording recording = Runs.begin(state, Runs.start("nightly", "n1"));
        recording.stage("copy", 1, 1);
        RunEnd end = recording.end(null, "done", Map.of(), RunTroubles.NONE);

        assertThat(end.exitCode()).isZero();
        assertThat(recording.lost()).isPresent();
    }

    @Test
    void bytesThatWereReadCameHereAndFreedOnesMovedNowhere() {
        assertThat(RunFigures.of(Map.of("bytes_read", 5L)).way()).isEqualTo("stream");
        assertThat(RunFigures.of(Map.of("freed_bytes", 5L)).way()).isEmpty();
    }

    @Test
    void aTalkativeRunIsCut() {
        RunRecording recording = Runs.begin(state, Runs.start("nightly", "n1"));
        for (int i = 0; i < RunRecording.MOST_SAID + 500; i++) {
            recording.note("x".repeat(i == 0 ? 1 << 20 : 1));
        }
        recording.end(null, "done", Map.of(), RunTroubles.NONE);

        WholeRecord whole = WholeRecord.read(RecordedRun.read(recording.file()).orElseThrow())
                .orElseThrow();
        assertThat(whole.said()).hasSize(RunRecording.MOST_SAID + 1);
        assertThat(whole.said().get(0).text()).hasSizeLessThan(5000);
        assertThat(whole.said().get(RunRecording.MOST_SAID).text()).isEqualTo("500 more lines are left out here");
        assertThat(whole.run().succeeded()).isTrue();
    }

    /** Made by hand, or by a fault: it is read within some memory, and its end is seen. */
    @Test
    void aHugeRecordIsReadInPart() throws IOException {
        RunRecording recording = Runs.begin(state, Runs.start("nightly", "n1"));
        recording.note("first");
        recording.close();
        try (var out = Files.newOutputStream(recording.file(), StandardOpenOption.APPEND)) {
            byte[] line = ("{\"message_type\":\"note\",\"message\":\"" + "x".repeat(1 << 20) + "\"}\n").getBytes(UTF_8);
            for (int i = 0; i < 40; i++) {
                out.write(line);
            }
            out.write("{\"message_type\":\"summary\",\"rows\":7}\n".getBytes(UTF_8));
        }

        WholeRecord whole = WholeRecord.read(RecordedRun.read(recording.file()).orElseThrow())
                .orElseThrow();
        assertThat(whole.facts()).containsEntry("rows", 7L);
        assertThat(whole.said().get(0).text()).isEqualTo("first");
    }

    /** A pipe that nobody reads takes nothing, as a disk that hangs. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDiskThatHangsHoldsUpNoEnd() throws Exception {
        RunStart start = Runs.start("nightly", "n1");
        Path folder = Files.createDirectory(state.resolve("runs"));
        new ProcessBuilder("mkfifo", folder.resolve(RecordName.of(start).file()).toString())
                .start()
                .waitFor();
        RecordFile hung = RecordFile.existing(folder, RecordName.of(start));
        RunRecording recording = new RunRecording(start, hung, Clock.systemUTC(), Duration.ofMillis(10));
        recording.stage("copy", 1, 1);
        RunEnd end =
                assertTimeout(Duration.ofSeconds(20), () -> recording.end(null, "done", Map.of(), RunTroubles.NONE));

        assertThat(end.stages()).hasSize(1);
        assertThat(recording.lost())
                .hasValueSatisfying(cause -> assertThat(cause).contains("did not take it within 2 s"));
    }

    /** A week of beats of five seconds. */
    @Test
    void aLongStageHasFewSamples() {
        Beat beat = new Beat();
        int beats = 7 * 24 * 720;
        int written = 0;
        for (int i = 0; i < beats; i++) {
            written += beat.next() ? 1 : 0;
        }

        assertThat(written).isBetween(Beat.DENSE, 6 * Beat.DENSE);
    }
}
