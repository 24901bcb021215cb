package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.lab.LentProperty;
import io.migrator.lab.Mirror;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.WorkerThread;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup whose vault somebody has copied to another server, where a worker finds it by the same name. */
class RemoteMirrorIT {
    @TempDir
    Path folder;

    private RemoteGround ground;
    private LentProperty interval;

    @BeforeEach
    void start() {
        // The run does not look for its lease while the mirror has its place.
        interval = LentProperty.set("migrator.lease.intervalSeconds", "120");
        ground = RemoteGround.start(folder);
    }

    @AfterEach
    void stop() {
        ground.close();
        interval.close();
    }

    /** All that the work has written until then is there, the marker of a run that goes on by the same id, too. */
    @Test
    void isHelpedByNobodyWhoWouldWriteIntoTheCopy() {
        RunOutcome begun = ground.stopped(
                "collection=a", "name=n", "chunk=2", "in-flight=1", "workers=remote+1", "max-bytes-per-second=1500");
        assertThat(begun.failure()).as(begun.message()).isEqualTo(Failure.STOPPED);
        Mirror mirror = Mirror.of(ground.vault());
        CompletableFuture<RunOutcome> run = ground.begin("collection=a", "name=n", "chunk=5", "workers=remote");
        ground.awaitOffer();
        mirror.show();
        WorkerThread worker = ground.worker(1);

        ground.await(() -> worker.notes().stream().anyMatch(line -> line.contains("does not hold the backup")));

        assertThat(ground.workersSeen()).isEmpty();
        mirror.hide();
        ground.worker(1);
        RunOutcome outcome = run.join();
        assertThat(outcome.exitCode()).as(outcome.message()).isZero();
        ground.requireWhole();
    }
}
