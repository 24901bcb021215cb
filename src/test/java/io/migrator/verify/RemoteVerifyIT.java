package io.migrator.verify;

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
import io.migrator.restore.HelpedGround;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deep proofs whose logs are read by workers: they tell what one process tells, each thing once, whatever becomes of a worker. */
class RemoteVerifyIT {
    private static final List<String> COLLECTIONS = List.of("a", "b", "c", "d", "e");
    /** A segment of each of two partitions, one row of the plan each. */
    private static final int ROWS = 10;

    @TempDir
    Path folder;

    private HelpedGround ground;

    @AfterEach
    void stop() {
        if (ground != null) {
            ground.close();
        }
    }

    private void start(String... words) {
        ground = HelpedGround.with(folder, COLLECTIONS, words);
    }

    private static String[] words(String name, String... more) {
        return Stream.concat(Stream.of("name=" + name, "mode=deep", "chunk=1"), Stream.of(more))
                .toArray(String[]::new);
    }

    /** Words of a run that takes some seconds. */
    private static String[] slowly() {
        return words("n", "in-flight=1", "workers=remote", "max-bytes-per-second=8K");
    }

    private RunOutcome alone(String name) {
        return ground.run(JobKind.VERIFY, Progress.NONE, words(name));
    }

    private RunOutcome shared(String name) {
        return ground.run(
                JobKind.VERIFY, StageHook.at("read", ground.counting(JobKind.VERIFY)), words(name, "workers=remote"));
    }

    private CompletableFuture<RunOutcome> begin(String... words) {
        return ground.begin(JobKind.VERIFY, StageHook.at("read", ground.counting(JobKind.VERIFY)), words);
    }

    private static void assertEnds(int code, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

    private static void assertSame(RunOutcome shared, RunOutcome alone) {
        assertThat(shared.exitCode()).as(shared.message()).isEqualTo(alone.exitCode());
        assertThat(shared.message()).isEqualTo(alone.message());
        assertThat(shared.report().facts()).isEqualTo(alone.report().facts());
        assertThat(shared.report().tables()).isEqualTo(alone.report().tables());
    }

    private void assertReadOnce() {
        assertThat(ground.recordings(JobKind.VERIFY)).hasSize(ROWS).allSatisfy((row, times) -> assertThat(times)
                .isEqualTo(1));
    }

    @Test
    void tellsWhatOneProcessTells() {
        start();
        ground.worker(1);
        ground.worker(1);
        StageHook read = StageHook.at("read", ground.countingOnceTwoWork(JobKind.VERIFY));

        RunOutcome shared = ground.run(JobKind.VERIFY, read, words("n", "workers=remote"));

        assertEnds(0, shared);
        assertThat(ground.workersSeen(JobKind.VERIFY)).as("both took part").hasSize(2);
        assertReadOnce();
        assertThat(read.objects()).isEqualTo(shared.report().facts().get("objects_read"));
        assertThat(ground.query("select 1 from migrator.offer")).isEmpty();
        assertSame(shared, alone("n"));
    }

    /** By whoever finds it, and in one order. */
    @Test
    void namesTheDamageThatWorkersFind() throws IOException {
        start();
        damage();
        ground.worker(2);
        ground.worker(2);

        RunOutcome shared = shared("n");

        assertEnds(Failure.CORRUPT.exitCode(), shared);
        assertThat(VerifyRuns.damage(shared)).hasSizeGreaterThanOrEqualTo(3);
        assertReadOnce();
        assertSame(shared, alone("n"));
    }

    private void damage() throws IOException {
        damage("/insert_log/");
    }

    private void damage(String under) throws IOException {
        List<Path> logs = ground.files(under);
        for (int i : new int[] {0, logs.size() / 2, logs.size() - 1}) {
            byte[] content = Files.readAllBytes(logs.get(i));
            content[content.length / 2] ^= 0x10;
            Files.write(logs.get(i), content);
        }
    }

    @Test
    void readsIncrementalBackupsAndAllOfThePool() throws IOException {
        start("incremental=yes");
        ground.worker(2);

        RunOutcome one = shared("n");
        assertEnds(0, one);
        assertReadOnce();
        assertSame(one, alone("n"));
        damage("/migrator-pool/data/");
        RunOutcome all = ground.run(JobKind.VERIFY, Progress.NONE, words("*", "workers=remote"));

        assertEnds(Failure.CORRUPT.exitCode(), all);
        assertSame(all, alone("*"));
    }

    @Test
    void needsNoWorkerWhereItsOwnThreadsTakePart() {
        start();

        RunOutcome outcome = ground.run(JobKind.VERIFY, Progress.NONE, words("n", "workers=remote+2"));

        assertEnds(0, outcome);
        assertSame(outcome, alone("n"));
    }

    /** As where its network was cut: the worker lives, and does not know yet. */
    @Test
    void givesAPartToAnotherWhereItsClaimIsLostAndKeepsTheFirstFromTakingDown() throws IOException {
        start();
        damage();
        ground.worker(1);
        CompletableFuture<RunOutcome> run = begin(slowly());
        ground.awaitRecorded(JobKind.VERIFY, 2);
        ground.worker(1);

        ground.await(() -> ground.cutClaims(JobKind.VERIFY));

        RunOutcome shared = run.join();
        assertReadOnce();
        assertSame(shared, alone("n"));
    }

    @Test
    void goesOnWhereAWorkerIsKilled() throws Exception {
        start();
        damage();
        Process victim = ground.process();
        CompletableFuture<RunOutcome> run = begin(slowly());
        ground.awaitRecorded(JobKind.VERIFY, 2);
        victim.destroyForcibly().waitFor();
        ground.worker(1);

        RunOutcome shared = run.join();

        assertReadOnce();
        assertSame(shared, alone("n"));
    }

    @Test
    void goesOnAloneWhereItWasStoppedWithWorkers() {
        start();
        ground.worker(1);

        RunOutcome stopped = StoppedRun.after("read", 8, ground.request(JobKind.VERIFY, slowly()));

        assertEnds(Failure.STOPPED.exitCode(), stopped);
        long before = done();
        assertThat(before).isPositive().isLessThan(ROWS);

        RunOutcome rest = ground.run(JobKind.VERIFY, StageHook.at("read", ground.counting(JobKind.VERIFY)), words("n"));

        assertEnds(0, rest);
        assertThat(ground.recordings(JobKind.VERIFY)).hasSize((int) (ROWS - before));
        assertThat(rest.report().facts()).isEqualTo(alone("n").report().facts());
    }

    private long done() {
        return (Long) ground.query("select count(*) as n from %s.verify_reading where state = 'DONE'"
                        .formatted(ground.schema(JobKind.VERIFY)))
                .get(0)
                .get("n");
    }

    @Test
    void isLeftAloneByAWorkerOfAnotherVault() {
        start();
        ground.ground().vault("another");
        WorkerThread other = ground.worker(ground.config(), 1);
        ground.ground().vault("vault");

        RunOutcome outcome = ground.run(JobKind.VERIFY, Progress.NONE, words("n", "workers=remote+1"));

        assertEnds(0, outcome);
        assertThat(ground.workersSeen(JobKind.VERIFY)).hasSize(1);
        ground.await(() -> other.notes().stream().anyMatch(line -> line.contains("leaving the run n alone, a verify")));
    }

    /** Of a Milvus nothing is asked. */
    @Test
    void isHelpedByAWorkerOfAnotherMilvus() {
        start();
        WorkerThread other = ground.worker(ground.configOfTheSource(), 1);

        RunOutcome outcome = ground.run(JobKind.VERIFY, Progress.NONE, words("n", "workers=remote"));

        assertEnds(0, outcome);
        assertThat(other.notes()).contains("helping with the verify n");
    }

    /** One address, and yet another place: the backup there is another. */
    @Test
    void isLeftAloneByAWorkerWhoseVaultHoldsAnotherBackup() throws IOException {
        start();
        CompletableFuture<RunOutcome> run = begin(words("n", "workers=remote"));
        ground.awaitOffer();
        Path meta = ground.files("backup_meta.json").get(0);
        Path aside = Files.move(meta, folder.resolve("aside.json"));
        Files.writeString(meta, "{}");
        WorkerThread worker = ground.worker(1);
        ground.await(
                () -> worker.notes().stream().anyMatch(line -> line.contains("does not hold what the run proves")));
        assertThat(ground.workersSeen(JobKind.VERIFY)).isEmpty();

        Files.move(aside, meta, StandardCopyOption.REPLACE_EXISTING);
        ground.worker(1);

        assertEnds(0, run.join());
    }

    /** The fault is this worker's, and would end the run from there. */
    @Test
    void isLeftAloneByAWorkerThatMayNotRead() throws IOException {
        start();
        CompletableFuture<RunOutcome> run = begin(words("n", "workers=remote"));
        ground.awaitOffer();
        // What a link leads to is no part of a vault: not missing, and refused to who reads it.
        Path logs = ground.ground().vaultFolder().resolve("n/binlogs/insert_log");
        Path aside = Files.move(logs, folder.resolve("aside"));
        Files.createSymbolicLink(logs, aside);
        WorkerThread worker = ground.worker(1);
        ground.await(() -> worker.notes().stream().anyMatch(line -> line.contains("leaving the run n alone")));
        assertThat(ground.workersSeen(JobKind.VERIFY)).isEmpty();

        Files.delete(logs);
        Files.move(aside, logs);
        ground.worker(1);

        assertEnds(0, run.join());
    }

    @Test
    void isRefusedWhereNothingIsReadOrNobodyCouldSeeIt() {
        start();

        RunOutcome fast = ground.run(JobKind.VERIFY, Progress.NONE, "name=n", "workers=remote");
        ground.ground().keepingIn(RepositoryConfig.NONE);
        RunOutcome inAFolder =
                JobState.inFolders(() -> ground.run(JobKind.VERIFY, Progress.NONE, words("n", "workers=remote")));

        assertEnds(Failure.USAGE.exitCode(), fast);
        assertThat(fast.message()).contains("mode=fast reads no object");
        assertEnds(Failure.USAGE.exitCode(), inAFolder);
        assertThat(inAFolder.message()).contains("repository.url");
    }
}
