package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.LentProperty;
import io.migrator.lab.Mirror;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.WorkerThread;
import io.migrator.launch.request.JobKind;
import io.migrator.report.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restores and proofs of a vault that somebody has copied to another server, where a worker finds it by the same name. */
class RemoteMirrorIT {
    @TempDir
    Path folder;

    private HelpedGround ground;
    private LentProperty interval;

    @BeforeEach
    void start() {
        // The run does not look for its note while the mirror has its place.
        interval = LentProperty.set("migrator.lease.intervalSeconds", "120");
        ground = HelpedGround.with(folder, List.of("a", "b"), "incremental=yes");
    }

    @AfterEach
    void stop() {
        ground.close();
        interval.close();
    }

    /** What it tells of the copy would be taken for the vault. */
    @ParameterizedTest
    @CsvSource({"VERIFY, n, mode=deep", "VERIFY, *, mode=deep", "RESTORE, n, in-flight=4"})
    void areHelpedByNobodyWhoReadsTheCopy(JobKind job, String name, String more) {
        Mirror mirror = Mirror.of(ground.ground().vaultFolder());
        CompletableFuture<RunOutcome> run =
                ground.begin(job, Progress.NONE, "name=" + name, "chunk=1", "workers=remote", more);
        ground.awaitOffer();
        mirror.show();
        WorkerThread worker = ground.worker(1);

        ground.await(() -> worker.notes().stream()
                .anyMatch(line -> Stream.of("what the run proves", "the backup that the run restores")
                        .anyMatch(line::contains)));

        assertThat(ground.workersSeen(job)).isEmpty();
        mirror.hide();
        ground.worker(1);
        RunOutcome outcome = run.join();
        assertThat(outcome.exitCode()).as(outcome.message()).isZero();
        assertThat(ground.files("/readers/")).as("notes of who reads").isEmpty();
    }
}
