package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.WorkerThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups with workers whose last objects compaction takes before anyone copies them. */
class RemoteVanishedIT {
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

    /** What was copied already tells it that the source is the one. */
    @Test
    void areEndedByAWorkerThatJoinsThen() throws IOException {
        CompletableFuture<RunOutcome> run = ground.begin(ground.slowly());
        WorkerThread first = ground.worker(1);
        ground.awaitRecorded(4);
        first.stop();
        for (Map<String, Object> row : ground.query(
                "select source_key from %s.copy_plan where state = 'PLANNED'".formatted(ground.schema()))) {
            Files.delete(ground.bucket().resolve(String.valueOf(row.get("source_key"))));
        }

        WorkerThread second = ground.worker(2);

        ground.await(run::isDone);
        RunOutcome outcome = run.join();
        // It is planned anew then, and this double goes on naming segments of which nothing is left, or less than all.
        assertThat(outcome.failure()).as(outcome.message()).isIn(Failure.NOT_FOUND, Failure.CORRUPT);
        assertThat(second.notes()).anyMatch(line -> line.startsWith("helping with"));
    }
}
