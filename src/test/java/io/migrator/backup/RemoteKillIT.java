package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup by a coordinator and two workers in processes of their own, some of which are killed in the middle. */
class RemoteKillIT {
    private static final Duration GRACE = Duration.ofSeconds(25);

    @TempDir
    Path folder;

    private RemoteGround ground;
    private WordsAsProcess processes;

    @BeforeEach
    void start() throws IOException {
        ground = RemoteGround.start(folder);
        ground.writeConfig(folder.resolve("backup.yaml"));
        processes = new WordsAsProcess(folder);
    }

    @AfterEach
    void stop() {
        processes.close();
        ground.close();
    }

    private Process coordinator() throws IOException {
        List<String> words = new ArrayList<>(List.of("--job=backup"));
        words.addAll(List.of(ground.slowly()));
        return processes.start(words.toArray(String[]::new));
    }

    @Test
    void outlivesTheDeathOfAWorkerAndOfItsCoordinator() throws Exception {
        Process victim = processes.start("worker", "--threads=1");
        Process killed = coordinator();
        ground.awaitRecorded(4);
        victim.destroyForcibly().waitFor();
        Process worker = processes.start("worker", "--threads=2");
        ground.awaitRecorded(12);
        Map<String, Object> before = ground.inodesOfRecorded();
        assertThat(before).isNotEmpty();
        killed.destroyForcibly().waitFor();

        processes.assertEnds(coordinator(), Duration.ofMinutes(2));

        ground.requireWhole();
        assertThat(ground.inodesOfRecorded())
                .as("what was recorded is not copied again")
                .containsAllEntriesOf(before);
        worker.destroy();
        processes.assertEnds(worker, GRACE);
    }
}
