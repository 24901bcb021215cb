package io.migrator.retention;

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

/** Expires backups of one vault in this process; no Milvus is needed for that. */
final class ExpireRuns {
    private final StorageConfig vault;
    private final Path stateDir;

    ExpireRuns(StorageConfig vault, Path stateDir) {
        this.vault = vault;
        this.stateDir = stateDir;
    }

    RunOutcome run(String... parameters) {
        return run(Progress.NONE, parameters);
    }

    RunOutcome run(Progress progress, String... parameters) {
        return new Launcher(request(parameters), progress, new Termination()).run();
    }

    RunOutcome preview(String... parameters) {
        return new Launcher(request(parameters).asPreview(), Progress.NONE, new Termination()).run();
    }

    /** @param parameters {@code key=value} */
    JobRequest request(String... parameters) {
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
        return new JobRequest(JobKind.EXPIRE, values, JobState.in(stateDir, config), stateDir);
    }

    /** Of each backup that was judged its fact of that name. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> facts(RunOutcome outcome, String fact) {
        Map<String, Object> facts = new HashMap<>();
        List<Map<String, Object>> all =
                (List<Map<String, Object>>) outcome.report().facts().getOrDefault("backups", List.of());
        all.forEach(one -> facts.put((String) one.get("backup"), one.get(fact)));
        return facts;
    }
}
