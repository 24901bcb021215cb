package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.RepositoryConfig;
import io.migrator.failure.Failure;
import io.migrator.lab.JobState;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.StageHook;
import io.migrator.launch.StoppedRun;
import io.migrator.launch.WorkerThread;
import io.migrator.launch.request.JobKind;
import io.migrator.report.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores whose files are staged by workers: each file once, each row once, whatever becomes of a worker. */
class RemoteStagingIT {
    private static final List<String> COLLECTIONS = List.of("a", "b", "c", "d");

    @TempDir
    Path folder;

    private HelpedGround ground;

    @BeforeEach
    void start() {
        ground = HelpedGround.with(folder, COLLECTIONS);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    private static String[] words(String... more) {
        return Stream.concat(Stream.of("name=n", "chunk=2"), Stream.of(more)).toArray(String[]::new);
    }

    /** Words of a run that takes some seconds. */
    private static String[] slowly() {
        return words("in-flight=1", "workers=remote", "max-bytes-per-second=8K");
    }

    private CompletableFuture<RunOutcome> begin(String... words) {
        return ground.begin(JobKind.RESTORE, StageHook.at("copy", ground.counting(JobKind.RESTORE)), words);
    }

    private static void assertEnds(int code, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

    private void assertStagedOnce(long objects) {
        assertThat(ground.recordings(JobKind.RESTORE))
                .hasSize((int) objects)
                .allSatisfy((row, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void bringsWhatOneProcessBrings() {
        ground.worker(1);
        ground.worker(1);
        StageHook copy = StageHook.at("copy", ground.countingOnceTwoWork(JobKind.RESTORE));

        RunOutcome shared = ground.run(JobKind.RESTORE, copy, words("workers=remote"));

        assertEnds(0, shared);
        long objects = (Long) shared.report().facts().get("objects_copied");
        assertThat(ground.workersSeen(JobKind.RESTORE)).as("both took part").hasSize(2);
        assertStagedOnce(objects);
        assertThat(copy.objects()).isEqualTo(objects);
        ground.requireRestored(COLLECTIONS);
        assertThat(ground.staged()).isEmpty();
        assertThat(ground.query("select 1 from migrator.offer")).isEmpty();
        RunOutcome alone = ground.run(JobKind.RESTORE, Progress.NONE, words("suffix=_2"));
        assertThat(shared.report().facts().keySet())
                .isEqualTo(alone.report().facts().keySet());
        assertThat(shared.report().facts())
                .containsEntry("transfer", alone.report().facts().get("transfer"))
                .containsEntry("bytes_copied", alone.report().facts().get("bytes_copied"));
    }

    @Test
    void needsNoWorkerWhereItsOwnThreadsTakePart() {
        assertEnds(0, ground.run(JobKind.RESTORE, Progress.NONE, words("workers=remote+2")));
        ground.requireRestored(COLLECTIONS);
    }

    @Test
    void asksNobodyWhereNothingIsToStage() {
        assertEnds(0, ground.run(JobKind.RESTORE, Progress.NONE, words("workers=remote", "meta-only=yes")));
    }

    @Test
    void isRefusedWhereWorkersCouldNotSeeIt() {
        ground.ground().keepingIn(RepositoryConfig.NONE);

        RunOutcome outcome =
                JobState.inFolders(() -> ground.run(JobKind.RESTORE, Progress.NONE, words("workers=remote")));

        assertEnds(Failure.USAGE.exitCode(), outcome);
        assertThat(outcome.message()).contains("repository.url");
    }

    @Test
    void givesAPartToAnotherWhereItsClaimIsLostAndKeepsTheFirstFromTakingDown() {
        ground.worker(1);
        CompletableFuture<RunOutcome> run = begin(slowly());
        ground.awaitRecorded(JobKind.RESTORE, 3);
        ground.worker(1);

        ground.await(() -> ground.cutClaims(JobKind.RESTORE));

        RunOutcome outcome = run.join();
        assertEnds(0, outcome);
        assertStagedOnce((Long) outcome.report().facts().get("objects_copied"));
        ground.requireRestored(COLLECTIONS);
    }

    @Test
    void goesOnWhereAWorkerIsKilled() throws Exception {
        Process victim = ground.process();
        CompletableFuture<RunOutcome> run = begin(slowly());
        ground.awaitRecorded(JobKind.RESTORE, 3);
        victim.destroyForcibly().waitFor();
        ground.worker(1);

        RunOutcome outcome = run.join();

        assertEnds(0, outcome);
        assertStagedOnce((Long) outcome.report().facts().get("objects_copied"));
        ground.requireRestored(COLLECTIONS);
        assertThat(ground.staged()).isEmpty();
    }

    @Test
    void goesOnAloneWhereItWasStoppedWithWorkers() {
        ground.worker(1);

        RunOutcome stopped = StoppedRun.after("copy", 4, ground.request(JobKind.RESTORE, slowly()));

        assertEnds(Failure.STOPPED.exitCode(), stopped);
        assertEnds(0, ground.run(JobKind.RESTORE, Progress.NONE, words()));
        ground.requireRestored(COLLECTIONS);
        assertThat(ground.staged()).isEmpty();
    }

    /** One address, and yet another place: Milvus would find nothing of what is staged there. */
    @Test
    void isLeftAloneByAWorkerWhoseMilvusBucketIsAnother() throws IOException {
        CompletableFuture<RunOutcome> run = begin(words("workers=remote"));
        ground.awaitOffer();
        Path sign = ground.staged().stream()
                .filter(file -> file.endsWith("run"))
                .findFirst()
                .orElseThrow();
        Path aside = Files.move(sign, folder.resolve("aside"));
        WorkerThread worker = ground.worker(1);
        ground.await(() -> worker.notes().stream().anyMatch(line -> line.contains("is not the bucket")));
        assertThat(ground.workersSeen(JobKind.RESTORE)).isEmpty();

        Files.move(aside, sign);
        ground.worker(1);

        assertEnds(0, run.join());
        ground.requireRestored(COLLECTIONS);
    }

    @Test
    void isLeftAloneByAWorkerOfOtherPlaces() {
        WorkerThread other = ground.worker(ground.configOfTheSource(), 1);

        RunOutcome outcome = ground.run(JobKind.RESTORE, Progress.NONE, words("workers=remote+1"));

        assertEnds(0, outcome);
        assertThat(ground.workersSeen(JobKind.RESTORE)).hasSize(1);
        ground.await(
                () -> other.notes().stream().anyMatch(line -> line.contains("leaving the run n alone, a restore")));
    }

    /** Some stores give it another tag than the one that was recorded. */
    @Test
    void stagesAgainWhatAWorkerThatLostItsPartWroteLate() {
        StageHook late = StageHook.after("copy", objects(), () -> {
            try {
                Files.write(
                        ground.staged().stream()
                                .filter(file -> !file.endsWith("run"))
                                .findFirst()
                                .orElseThrow(),
                        new byte[7]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        RunOutcome outcome = ground.run(JobKind.RESTORE, late, words("workers=remote+1"));

        assertEnds(0, outcome);
        assertThat(outcome.report().facts()).containsEntry("objects_copied", objects() + 1);
        ground.requireRestored(COLLECTIONS);
    }

    private long objects() {
        return ground.files("/insert_log/").size() + ground.files("/delta_log/").size();
    }
}
