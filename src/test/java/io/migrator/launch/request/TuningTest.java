package io.migrator.launch.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.MigratorConfig;
import io.migrator.config.read.ConfigLocation;
import io.migrator.config.read.ConfigReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may change between a run and its restart. */
final class TuningTest {
    @TempDir
    private Path folder;

    private JobIdentity identity(JobKind job, Map<String, String> tuning) {
        MigratorConfig config = new ConfigReader(new ConfigLocation(folder, folder), Map.of())
                .read(null, List.of())
                .config();
        Map<String, String> parameters = new HashMap<>(tuning);
        parameters.put("name", "backup_1");
        parameters.put("collection", "coll");
        return JobIdentity.of(new JobRequest(job, parameters, config, folder));
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKUP", "RESTORE"})
    void throttlingLeavesTheWorkTheSame(JobKind job) {
        JobIdentity free = identity(job, Map.of());
        JobIdentity slow = identity(job, Map.of("max-bytes-per-second", "1M", "max-requests-per-second", "5"));
        JobIdentity slower = identity(job, Map.of("max-bytes-per-second", "1K", "in-flight", "1"));

        assertThat(slow.fileName()).isEqualTo(free.fileName()).isEqualTo(slower.fileName());
        assertThat(slow.parts()).isEqualTo(free.parts()).isEqualTo(slower.parts());
        assertThat(job.parameters())
                .filteredOn(spec -> spec.name().startsWith("max-"))
                .hasSize(2)
                .allMatch(spec -> !spec.identifying());
    }
}
