package io.migrator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.migrator.failure.Failure;
import io.migrator.lease.ProcessMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are cut off, damaged, of dead processes, or very many. */
class RecordedRunTest {
    @TempDir
    Path state;

    @Test
    void isReadAsFarAsItGoesWhereverItIsCut() throws IOException {
        Runs.ended(state, Runs.start("nightly", "n1"), null, "all is well");
        Path file = only();
        byte[] whole = Files.readAllBytes(file);
        int firstLine = new String(whole, StandardCharsets.UTF_8).indexOf('\n');
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            boolean all = length == whole.length - 1;
            Optional<RecordedRun> run = RecordedRun.read(file);
            assertThat(run.isPresent()).as("cut at %d", length).isEqualTo(length > firstLine);
            run.ifPresent(one -> {
                assertThat(one.start().task()).isEqualTo("nightly");
                assertThat(one.end() != null).isEqualTo(all);
                assertThat(WholeRecord.read(one)).isPresent();
            });
        }
    }

    @Test
    void garbageWithinIsPassedOver() throws IOException {
        RunEnd end = Runs.ended(state, Runs.start("nightly", "n1"), Failure.CORRUPT, "damaged");
        Path file = only();
        List<String> lines = Files.readAllLines(file);
        byte[] garbage = new byte[500];
        new Random(20).nextBytes(garbage);
        Files.writeString(file, lines.get(0) + "\n");
        Files.write(file, garbage, StandardOpenOption.APPEND);
        Files.writeString(
                file,
                "\n{\"message_type\":\"status\"}\n[1,2]\n{\"message_type\":\"end\",\"at\":7}\n" + "{\"a\":".repeat(5000)
                        + "\n" + String.join("\n", lines.subList(1, lines.size())) + "\n{\"message_type\":\"no",
                StandardOpenOption.APPEND);

        RecordedRun run = RecordedRun.read(file).orElseThrow();
        assertThat(run.end()).isEqualTo(end);
        WholeRecord whole = WholeRecord.read(run).orElseThrow();
        assertThat(whole.unreadable()).isGreaterThanOrEqualTo(3);
        assertThat(whole.stages()).extracting(StageSpan::name).contains("plan", "copy");
    }

    @Test
    void aFileThatIsNoRecordIsNone() throws IOException {
        Path runs = Files.createDirectories(state.resolve("runs"));
        Files.writeString(runs.resolve("notes.jsonl"), "x\n");
        Files.writeString(runs.resolve("20261130T021500.123Z-nightly-no-run.jsonl"), "{}\n");
        Files.writeString(
                runs.resolve("20269930T021500.123Z-nightly-00000000-0000-0000-0000-000000000000.jsonl"), "{}\n");
        Files.createDirectory(runs.resolve("20261130T021500.123Z-nightly-00000000-0000-0000-0000-000000000000.jsonl"));

        assertThat(new RecordFolder(state).newestFirst()).isEmpty();
    }

    @Test
    void aRunWhoseProcessIsGoneWasKilled() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessRun.class.getName(),
                        state.toString())
                .inheritIO()
                .start();
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> new RecordFolder(state)
                    .newestFirst()
                    .anyMatch(run -> run.last() != null
                            && run.last().objects() == 3
                            && !run.outside().isEmpty()
                            && run.state() == RecordedRun.State.RUNNING));
        } finally {
            process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        }

        RecordedRun run = new RecordFolder(state).newestFirst().findFirst().orElseThrow();
        assertThat(run.state()).isEqualTo(RecordedRun.State.KILLED);
        assertThat(run.leftWork()).isTrue();
        assertThat(run.last()).returns("copy", StageSpan::name).returns(3L, StageSpan::objects);
        assertThat(run.outside()).containsExactly("import job 7 of default.a");
    }

    @Test
    void oneOfAnotherMachineMayBeAlive() throws IOException {
        RunStart here = Runs.start("nightly", "n1");
        RunWriter there = new RunWriter("1", "17", "Linux", "host-b", 4711, new ProcessMark("boot-b pid:[1]", 1));
        RunStart start = new RunStart(
                here.runId(), "nightly", "backup", "w", 1, "", "n1", Map.of(), "", "", 0, here.startedAt(), there);
        Runs.begin(state, start).close();

        assertThat(RecordedRun.read(only()).orElseThrow().state()).isEqualTo(RecordedRun.State.UNKNOWN);
    }

    /** Of the same host before it was started anew. */
    @Test
    void oneOfBeforeTheBootWasKilled() throws IOException {
        RunStart here = Runs.start("nightly", "n1");
        RunWriter then = new RunWriter(
                "1", "17", "Linux", here.writer().host(), 4711, new ProcessMark("another-boot pid:[1]", 1));
        RunStart start = new RunStart(
                here.runId(), "nightly", "backup", "w", 1, "", "n1", Map.of(), "", "", 0, here.startedAt(), then);
        Runs.begin(state, start).close();

        assertThat(RecordedRun.read(only()).orElseThrow().state()).isEqualTo(RecordedRun.State.KILLED);
    }

    @Test
    void oneOfAHostWithoutANameOfItsOwnMayBeAlive() throws IOException {
        RunStart here = Runs.start("nightly", "n1");
        RunWriter then =
                new RunWriter("1", "17", "Linux", "localhost", 4711, new ProcessMark("another-boot pid:[1]", 1));
        RunStart start = new RunStart(
                here.runId(), "nightly", "backup", "w", 1, "", "n1", Map.of(), "", "", 0, here.startedAt(), then);
        Runs.begin(state, start).close();

        assertThat(RecordedRun.read(only()).orElseThrow().state()).isEqualTo(RecordedRun.State.UNKNOWN);
    }

    @Test
    void aCodeOfANewerVersionIsToldAsItIs() throws IOException {
        RunStart start = Runs.start("nightly", "n1");
        Runs.ended(state, start, Failure.UNREACHABLE, "");
        Files.writeString(
                only(),
                Files.readString(only())
                        .replace("\"exit_code\":5", "\"exit_code\":42")
                        .replace("UNREACHABLE", "OF_THE_FUTURE"));
        RunEnd end = RecordedRun.read(only()).orElseThrow().end();

        assertThat(end).isNotNull().returns(42, RunEnd::exitCode).returns("OF_THE_FUTURE", RunEnd::word);
    }

    /** What two vaults hold under one name are two backups. */
    @Test
    void aProofIsOfOneVault() {
        RunStart here = Runs.start("proof", "n1");
        RunStart start = new RunStart(
                here.runId(),
                "proof",
                "verify",
                "w",
                1,
                Runs.VAULT,
                "n1",
                Map.of(),
                "",
                "",
                0,
                here.startedAt(),
                here.writer());
        Runs.ended(state, start, null, "");
        RecordFolder folder = new RecordFolder(state);

        assertThat(Proofs.of(folder, Runs.VAULT).of("n1", Instant.EPOCH, false)).isPresent();
        assertThat(Proofs.of(folder, "another").of("n1", Instant.EPOCH, false)).isEmpty();
        assertThat(Proofs.of(folder, "").of("n1", Instant.EPOCH, false)).isEmpty();
    }

    @Test
    void theNewestAreKeptForSomeDays() throws IOException {
        Instant now = Instant.now();
        for (int day = 0; day < 20; day++) {
            Runs.ended(state, Runs.start("nightly", "n" + day, now.minus(Duration.ofDays(day))), null, "");
        }
        RunRecording last = Runs.begin(state, Runs.start("other", "n"));
        await().until(() -> RecordedRun.read(last.file()).isPresent());
        RecordFolder folder = new RecordFolder(state);
        folder.prune(100, 10, now);
        assertThat(new RecordFolder(state).names()).hasSize(11);
        folder.prune(5, 10, now);
        last.end(null, "", Map.of(), RunTroubles.NONE);

        assertThat(new RecordFolder(state).newestFirst().map(RecordedRun::name))
                .containsExactly("n", "n0", "n1", "n2", "n3");
    }

    /** As those of pods, each of which has a name of its own. */
    @Test
    void oneOfAnotherMachineIsKeptAsLongAsItMayBeAlive() {
        Instant now = Instant.now();
        for (int days : new int[] {1, 91}) {
            RunStart here = Runs.start("nightly", "n" + days, now.minus(Duration.ofDays(days)));
            RunWriter there = new RunWriter("1", "17", "Linux", "pod-" + days, 1, new ProcessMark("boot-b pid:[1]", 1));
            Runs.begin(
                            state,
                            new RunStart(
                                    here.runId(),
                                    here.task(),
                                    here.kind(),
                                    here.work(),
                                    1,
                                    "",
                                    here.name(),
                                    Map.of(),
                                    "",
                                    "",
                                    0,
                                    here.startedAt(),
                                    there))
                    .close();
        }
        Runs.ended(state, Runs.start("nightly", "new", now), Failure.UNREACHABLE, "");
        RecordFolder folder = new RecordFolder(state);
        assertThatCode(() -> folder.prune(1, 90, now)).doesNotThrowAnyException();

        assertThat(folder.newestFirst().map(RecordedRun::name)).containsExactly("new", "n1");
    }

    @Test
    void whatOthersAreToldOfIsKept() throws IOException {
        Instant now = Instant.now();
        Runs.ended(state, Runs.start("nightly", "whole", now.minus(Duration.ofDays(90))), null, "");
        Runs.ended(state, Runs.start("nightly", "older", now.minus(Duration.ofDays(91))), null, "");
        RunRecording live = Runs.begin(state, Runs.start("long", "live", now.minus(Duration.ofDays(80))));
        await().until(() -> RecordedRun.read(live.file()).isPresent());
        for (int i = 0; i < RecordFolder.MOST_LOCKED + 20; i++) {
            Runs.ended(state, Runs.start("nightly", "locked", now.minusSeconds(i)), Failure.LOCKED, "");
        }
        Runs.ended(state, Runs.start("nightly", "failed", now.minusSeconds(1000)), Failure.UNREACHABLE, "");
        RecordFolder folder = new RecordFolder(state);
        folder.prune(3, 10, now);

        assertThat(folder.newestFirst().map(RecordedRun::name).distinct())
                .containsExactly("locked", "failed", "live", "whole");
        assertThat(folder.names()).hasSize(RecordFolder.MOST_LOCKED + 3);
        live.end(null, "", Map.of(), RunTroubles.NONE);
    }

    private Path only() throws IOException {
        try (var files = Files.list(state.resolve("runs"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
