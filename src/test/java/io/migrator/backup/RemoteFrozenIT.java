package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup by processes of which one stands still by SIGSTOP, and goes on as if no time had passed. */
class RemoteFrozenIT {
    /** A minute, and a worker loses its part after the usual time, with {@code -Dmigrator.frozen.seconds=65}. */
    private static final int FROZEN = Integer.getInteger("migrator.frozen.seconds", 7);

    private static final Duration MOST = Duration.ofMinutes(2);
    private static final int USUAL = 60;
    private static final int SILENT = Math.min(USUAL, FROZEN - 3);

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
        words.addAll(List.of(ground.verySlowly()));
        return processes.startImpatient(SILENT, words.toArray(String[]::new));
    }

    private void requireRecordedOnce() {
        assertThat(ground.recordings())
                .allSatisfy((row, times) -> assertThat(times).isEqualTo(1));
        ground.requireWhole();
    }

    @Test
    void outlivesAWorkerThatStandsStill() throws Exception {
        Process frozen = processes.start("worker", "--threads=1");
        Process run = coordinator();
        ground.awaitRecorded(5);
        ground.countRecords();

        WordsAsProcess.freeze(frozen);
        Process other = processes.start("worker", "--threads=1");
        ground.await(() -> processes.log(run).contains("has not been heard of for %d s".formatted(SILENT)));
        ground.awaitRecorded(20);
        WordsAsProcess.thaw(frozen);

        processes.assertEnds(run, MOST);
        requireRecordedOnce();
        for (Process worker : List.of(frozen, other)) {
            worker.destroy();
            processes.assertEnds(worker, MOST);
        }
    }

    @Test
    void outlivesACoordinatorThatStandsStill() throws Exception {
        Process worker = processes.start("worker", "--threads=1");
        Process run = coordinator();
        ground.awaitRecorded(5);
        ground.countRecords();

        WordsAsProcess.freeze(run);
        assertThat(worker.waitFor(FROZEN, TimeUnit.SECONDS))
                .as(processes.log(worker))
                .isFalse();
        // Given back, while the run still stands.
        ground.await(() -> ground.query("select 1 from %s.partition_report where not ended".formatted(ground.schema()))
                .isEmpty());
        WordsAsProcess.thaw(run);

        processes.assertEnds(run, MOST);
        requireRecordedOnce();
        worker.destroy();
        processes.assertEnds(worker, MOST);
    }
}
