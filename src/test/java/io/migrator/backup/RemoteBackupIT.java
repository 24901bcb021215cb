package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.lab.JobState;
import io.migrator.lab.PostgresServer;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.WorkerThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups whose copies are made by workers, in this process: what they make, and what becomes of them where one fails. */
class RemoteBackupIT {
    private static final int SEED = Integer.getInteger("migrator.remote.seed", 19);

    @TempDir
    Path folder;

    private RemoteGround ground;

    @BeforeEach
    void start() {
        ground = RemoteGround.start(folder);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    private static void assertEnds(int code, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

    @Test
    void isMadeByTwoWorkersAsByOneProcess() {
        WorkerThread one = ground.worker(1);
        WorkerThread two = ground.worker(1);

        RunOutcome remote =
                ground.source().backup(new AtStage("copy", ground::countRecordsOnceTwoWork), ground.slowly());

        assertEnds(0, remote);
        assertThat(remote.report().facts())
                .containsEntry("objects_copied", (long) RemoteGround.OBJECTS)
                .containsEntry("objects_verified", (long) RemoteGround.OBJECTS);
        assertThat(ground.workersSeen()).as("both took part").hasSize(2);
        assertThat(ground.recordings()).hasSize(RemoteGround.OBJECTS).allSatisfy((row, times) -> assertThat(times)
                .isEqualTo(1));
        ground.requireWhole();
        assertEnds(0, ground.source().backup("collection=a", "name=m", "chunk=5"));
        assertThat(ground.files("n")).isEqualTo(ground.files("m")).hasSize(RemoteGround.OBJECTS);
        assertEnds(0, one.stop());
        assertEnds(0, two.stop());
        assertThat(ground.query("select * from migrator.worker")).isEmpty();
        assertThat(ground.query("select * from migrator.offer")).isEmpty();
    }

    @Test
    void needsNoWorkerWhereItsOwnThreadsTakePart() {
        RunOutcome outcome = ground.source().backup("collection=a", "name=n", "chunk=5", "workers=remote+2");

        assertEnds(0, outcome);
        assertThat(outcome.report().facts()).containsEntry("objects_copied", (long) RemoteGround.OBJECTS);
    }

    @Test
    void isRefusedWhereWorkersCouldNotSeeIt() {
        String[] words = {"collection=a", "name=n", "workers=remote"};
        RunOutcome outcome = JobState.inFolders(() -> ground.inAFolder().backup(words));

        assertEnds(Failure.USAGE.exitCode(), outcome);
        assertThat(outcome.message()).contains("repository.url");
        assertEnds(Failure.USAGE.exitCode(), JobState.inFolders(() -> ground.inAFolder()
                .preview(words)));
    }

    /** As where its network was cut: the worker lives, and does not know yet. */
    @Test
    void givesAPartToAnotherWhereItsClaimIsLostAndKeepsTheFirstFromWriting() throws IOException {
        WorkerThread one = ground.worker(1);
        CompletableFuture<RunOutcome> run = ground.begin(ground.slowly());
        ground.awaitRecorded(7);
        ground.worker(1);
        Map<String, Object> before = ground.inodesOfRecorded();
        assertThat(before).isNotEmpty();

        ground.await(() -> ground.cutClaims() > 0);

        assertEnds(0, run.join());
        assertThat(ground.recordings()).hasSize(RemoteGround.OBJECTS).allSatisfy((row, times) -> assertThat(times)
                .isEqualTo(1));
        assertThat(ground.inodesOfRecorded()).containsAllEntriesOf(before);
        ground.requireWhole();
        assertEnds(0, one.stop());
    }

    /** Claims, and the sessions by which chunks are recorded: of the workers and of the run that waits for them. */
    @Test
    void isMadeWhileSessionsBreakAllTheTime() {
        ground.worker(2);
        ground.worker(2);
        CompletableFuture<RunOutcome> run = ground.begin(ground.slowly());
        ground.awaitRecorded(1);

        long broken = ground.breakSessionsUntilRecorded(RemoteGround.OBJECTS - 8, new Random(SEED));

        assertEnds(0, run.join());
        assertThat(broken).isPositive();
        assertThat(ground.recordings()).hasSize(RemoteGround.OBJECTS).allSatisfy((row, times) -> assertThat(times)
                .isEqualTo(1));
        ground.requireWhole();
    }

    @Test
    void goesOnWhereTheDatabaseIsRestarted() throws IOException {
        Path data = Files.createDirectory(folder.resolve("postgres"));
        try (PostgresServer server = PostgresServer.start(data);
                RemoteGround own = RemoteGround.start(folder.resolve("stores"), server.database(), server)) {
            own.worker(2);
            own.worker(2);
            CompletableFuture<RunOutcome> run = own.begin(own.slowly());
            own.awaitRecorded(6);

            server.kill();
            server.startAgain();

            assertEnds(0, run.join());
            assertThat(own.recordings()).hasSize(RemoteGround.OBJECTS).allSatisfy((row, times) -> assertThat(times)
                    .isEqualTo(1));
            own.requireWhole();
        }
    }

    /** Some stores give it another tag than the one that was recorded. */
    @Test
    void copiesAgainWhatAWorkerThatLostItsPartWroteLate() {
        RunOutcome outcome = ground.overwrittenLate("collection=a", "name=n", "chunk=5", "workers=remote+1");

        assertEnds(0, outcome);
        ground.requireWhole();
        assertThat(outcome.report().facts()).containsEntry("objects_copied", RemoteGround.OBJECTS + 1L);
    }

    @Test
    void needsNobodyWhereNothingIsToCopy() {
        assertEnds(0, ground.source().backup("collection=a", "name=n", "meta-only=yes", "workers=remote"));
    }

    @Test
    void goesOnWhereAWorkerIsToldToStop() {
        WorkerThread one = ground.worker(2);
        CompletableFuture<RunOutcome> run = ground.begin(ground.slowly());
        ground.awaitRecorded(5);

        assertEnds(0, one.stop());
        assertThat(ground.query("select 1 from %s.partition_report where not ended".formatted(ground.schema())))
                .isEmpty();
        ground.worker(2);

        assertEnds(0, run.join());
        assertThat(ground.recordings()).hasSize(RemoteGround.OBJECTS).allSatisfy((row, times) -> assertThat(times)
                .isEqualTo(1));
        assertThat(ground.query("select 1 from %s.partition_report where attempts > 1".formatted(ground.schema())))
                .as("given back on purpose")
                .isEmpty();
    }

    @Test
    void leavesNothingBehindWhenItIsStoppedAndGoesOnLater() {
        ground.worker(2);

        assertEnds(Failure.STOPPED.exitCode(), ground.stopped(ground.slowly()));

        assertThat(ground.query("select 1 from %s.int_channel_message".formatted(ground.schema())))
                .isEmpty();
        assertThat(ground.query("select 1 from migrator.offer")).isEmpty();
        assertThat(ground.openSteps()).isZero();
        assertEnds(0, ground.source().backup("collection=a", "name=n", "chunk=5", "workers=remote"));
        ground.requireWhole();
    }

    @Test
    void isLeftAloneByAWorkerOfOtherPlaces() {
        WorkerThread other = ground.workerOfAnotherVault();

        RunOutcome outcome = ground.source().backup("collection=a", "name=n", "chunk=5", "workers=remote+1");

        assertEnds(0, outcome);
        assertThat(ground.workersSeen()).hasSize(1);
        assertThat(other.notes()).anyMatch(line -> line.contains("leaving the run n alone"));
    }

    /** Neither could end the other's sessions where it stands still. */
    @Test
    void isLeftAloneByAWorkerThatIsAnotherToPostgres() {
        WorkerThread other = ground.workerOfAnotherRole();

        RunOutcome outcome = ground.source().backup("collection=a", "name=n", "chunk=5", "workers=remote+1");

        assertEnds(0, outcome);
        assertThat(ground.workersSeen()).hasSize(1);
        assertThat(other.notes()).anyMatch(line -> line.contains("leaving the run n alone"));
    }

    /** One address, and yet another place: what the run has written there is not found. */
    @Test
    void isLeftAloneByAWorkerWhoseVaultIsAnother() {
        CompletableFuture<RunOutcome> run = ground.begin("collection=a", "name=n", "chunk=5", "workers=remote");
        ground.awaitOffer();
        ground.hideMarker();
        WorkerThread worker = ground.worker(1);
        ground.await(() -> worker.notes().stream().anyMatch(line -> line.contains("does not hold the backup")));
        assertThat(ground.workersSeen()).isEmpty();

        ground.showMarker();
        ground.worker(1);

        assertEnds(0, run.join());
    }

    /** Else all that is not there would be written down as vanished, by the first worker that came by. */
    @Test
    void isLeftAloneByAWorkerWhoseSourceIsAnother() throws IOException {
        CompletableFuture<RunOutcome> run = ground.begin("collection=a", "name=n", "chunk=5", "workers=remote");
        ground.awaitOffer();
        ground.hideSource();
        WorkerThread worker = ground.worker(1);
        ground.await(() -> worker.notes().stream().anyMatch(line -> line.contains("holds none of")));
        assertThat(ground.workersSeen()).isEmpty();

        ground.showSource();
        ground.worker(1);

        assertEnds(0, run.join());
        ground.requireWhole();
    }

    /** The fault is this worker's, and would end the run from there. */
    @Test
    void isLeftAloneByAWorkerThatMayNotWrite() throws IOException {
        CompletableFuture<RunOutcome> run = ground.begin("collection=a", "name=n", "chunk=5", "workers=remote");
        ground.awaitOffer();
        ground.blockProbe();
        WorkerThread worker = ground.worker(1);
        ground.await(() -> worker.notes().stream().anyMatch(line -> line.contains("leaving the run n alone")));
        assertThat(ground.workersSeen()).isEmpty();

        ground.allowProbe();
        ground.worker(1);

        assertEnds(0, run.join());
    }

    @Test
    void endsWhereAPartKillsEveryWorker() {
        CompletableFuture<RunOutcome> run = ground.begin("collection=a", "name=n", "chunk=5", "workers=remote");
        ground.awaitOffer();
        ground.execute(
                ("insert into %1$s.partition_report select step_execution_id, step_name, 3, 'dead', 0, now(), now(),"
                                + " true, 0, 0, null, null from %1$s.batch_step_execution where step_name like 'copyBinlogs:0-%%'")
                        .formatted(ground.schema()));
        ground.worker(1);

        RunOutcome outcome = run.join();

        assertEnds(Failure.UNREACHABLE.exitCode(), outcome);
        assertThat(outcome.message()).contains("copyBinlogs:0-9", "begun 3 times");
        assertEnds(0, ground.source().backup("collection=a", "name=n", "chunk=5", "workers=remote"));
    }

    @Test
    void endsAsARunWithoutWorkersWouldWhereAStoreFails() throws IOException {
        RunOutcome alone = ground.blocked("m", "workers=2");
        ground.worker(2);

        RunOutcome remote = ground.blocked("n", "workers=remote");

        assertThat(remote.exitCode()).isEqualTo(alone.exitCode()).isPositive();
        assertThat(remote.failure()).isEqualTo(alone.failure());
        assertThat(remote.message()).contains("(told by the worker ");
        Files.delete(ground.blockade("n"));
        assertEnds(0, ground.source().backup("collection=a", "name=n", "chunk=5", "workers=remote"));
    }

    @Test
    void endsItselfWithoutWork() {
        assertEnds(0, ground.worker(1, Duration.ofSeconds(1)).end());
    }
}
