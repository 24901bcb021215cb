package io.migrator.verify;

import io.migrator.config.BackupConfig;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.lab.JobState;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Verifies backups of one vault in this process; no Milvus is needed for that. */
final class VerifyRuns {
    private final StorageConfig vault;
    private final Path stateDir;

    VerifyRuns(StorageConfig vault, Path stateDir) {
        this.vault = vault;
        this.stateDir = stateDir;
    }

    /** @param parameters {@code key=value} */
    RunOutcome run(String... parameters) {
        return run(Progress.NONE, parameters);
    }

    /** The same, told how far it is. */
    RunOutcome run(Progress progress, String... parameters) {
        Map<String, String> values = new HashMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            values.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        MigratorConfig config = new MigratorConfig(
                MilvusConfig.plain("127.0.0.1", 1, "", Secret.NONE),
                vault,
                vault,
                new BackupConfig(8, 1, 1, 1, 1, false, false, "", 256, ""),
                new LogConfig("error", false, "", 1, 1, 1));
        JobRequest request = new JobRequest(JobKind.VERIFY, values, JobState.in(stateDir, config), stateDir);
        return new Launcher(request, progress, new Termination()).run();
    }

    /** What a run that failed names: {@code kind of object}, and nothing where it named none. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> damage(RunOutcome outcome) {
        return (List<Map<String, Object>>) outcome.report().facts().getOrDefault("damage", List.of());
    }
}
