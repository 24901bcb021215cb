package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.lab.PostgresServer;
import io.migrator.lab.Wire;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.WorkerThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups by hosts that lose sight of each other, or do not agree on the time; each host has an address of its own. */
class RemoteHostsIT {
    private static final String OTHER_HOST = "127.0.0.2";

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

    private static Wire wire() {
        return Wire.to(OTHER_HOST, 0, PostgresServer.shared().port());
    }

    private static void assertEnds(int code, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

    private void requireRecordedOnce() {
        assertThat(ground.recordings()).hasSize(RemoteGround.OBJECTS).allSatisfy((row, times) -> assertThat(times)
                .isEqualTo(1));
        ground.requireWhole();
    }

    /** The server takes it for gone, and nobody has told it. */
    @Test
    void recordsNothingOfAHostThatWasGivenUpAndGoesOn() {
        try (Wire wire = wire()) {
            WorkerThread cutOff = ground.workerBy(wire, 1);
            CompletableFuture<RunOutcome> run = ground.begin(ground.slowly());
            ground.awaitRecorded(5);

            wire.lose();
            ground.worker(1);
            ground.awaitRecorded(12);
            wire.mend();

            assertEnds(0, run.join());
            assertThat(ground.workersSeen()).as("both took part").hasSize(2);
            requireRecordedOnce();
            assertEnds(0, cutOff.stop());
        }
    }

    /** Another run could have the lease of the backup by then. */
    @Test
    void beginsNoMoreCopiesForARunThatIsNotHeardOfAndGoesOnWithIt() {
        try (Wire wire = wire()) {
            ground.worker(2);
            CompletableFuture<RunOutcome> run =
                    CompletableFuture.supplyAsync(() -> ground.backupBy(wire, ground.verySlowly()));
            ground.awaitRecorded(3);

            wire.silence();
            ground.await(
                    () -> ground.query("select 1 from %s.partition_report where not ended".formatted(ground.schema()))
                            .isEmpty());
            assertThat(ground.recordings()).as("not all is done").hasSizeLessThan(RemoteGround.OBJECTS);
            wire.mend();

            assertEnds(0, run.join());
            requireRecordedOnce();
        }
    }

    @Test
    void leavesTheWorkToTheRunThatHasIt() {
        ground.worker(1);
        CompletableFuture<RunOutcome> run = ground.begin(ground.slowly());
        ground.awaitRecorded(3);

        RunOutcome second = ground.source().backup(ground.slowly());

        assertEnds(Failure.LOCKED.exitCode(), second);
        assertThat(second.message()).contains("the same work is being done by");
        assertEnds(0, run.join());
        requireRecordedOnce();
    }

    /** An hour before and an hour behind the run and its PostgreSQL. */
    @Test
    void comparesNoClocksOfTwoHosts() throws Exception {
        Assumptions.assumeTrue(Files.exists(WordsAsProcess.FAKETIME), () -> "no " + WordsAsProcess.FAKETIME + " here");
        ground.writeConfig(folder.resolve("backup.yaml"));
        try (WordsAsProcess processes = new WordsAsProcess(folder)) {
            Process early = processes.startWithClock("-1h", "worker", "--threads=1");
            Process late = processes.startWithClock("+1h", "worker", "--threads=1");
            CompletableFuture<RunOutcome> run = ground.begin(ground.verySlowly());
            ground.awaitRecorded(8);
            ground.await(() -> ground.workersSeen().size() == 2);
            early.destroyForcibly().waitFor();

            assertEnds(0, run.join());
            requireRecordedOnce();
            late.destroy();
            assertThat(late.waitFor(25, TimeUnit.SECONDS)).isTrue();
            assertThat(late.exitValue()).as(processes.log(late)).isZero();
        }
    }
}
