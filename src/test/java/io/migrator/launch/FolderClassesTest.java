package io.migrator.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.Main;
import io.migrator.lab.SmallHeap;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run loads whose state lies in a folder: nothing of PostgreSQL, nor of what workers need, which would cost each start. */
class FolderClassesTest {
    @TempDir
    Path folder;

    @Test
    void areNoneOfPostgres() throws Exception {
        SmallHeap run = SmallHeap.run(
                folder, Duration.ofMinutes(5), SmallHeap.brief("-Xlog:class+load=info"), Main.class, "--load-classes");

        assertThat(run.exitCode()).isZero();
        assertThat(run.said()).anyMatch(line -> line.contains("io.migrator.launch.state.JobDatabase "));
        assertThat(run.said())
                .filteredOn(line -> line.contains("source: ")
                        && (line.contains(" org.postgresql.")
                                || line.contains(" com.zaxxer.")
                                || line.contains(" io.migrator.launch.postgres.")
                                || line.contains(" io.migrator.remote.")
                                || line.contains(" org.springframework.integration.")
                                || line.contains(" org.springframework.messaging.")
                                || line.contains(" org.springframework.batch.integration.")))
                .isEmpty();
    }
}
