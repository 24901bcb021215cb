package io.migrator.launch.request;

import io.migrator.config.MigratorConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A job to run.
 *
 * @param parameters checked against {@link JobKind#parameters()}: known names, allowed values; defaults not filled in
 * @param stateDir folder of the job databases; created where missing
 * @param preview only look what the job would do; then nothing is written, no state folder either
 * @param terms what a scheduler says of the run
 */
public record JobRequest(
        JobKind job,
        Map<String, String> parameters,
        MigratorConfig config,
        Path stateDir,
        boolean preview,
        RunTerms terms) {
    /** A request of which no scheduler says anything. */
    public JobRequest(
            JobKind job, Map<String, String> parameters, MigratorConfig config, Path stateDir, boolean preview) {
        this(job, parameters, config, stateDir, preview, RunTerms.NONE);
    }

    /** A request to do it. */
    public JobRequest(JobKind job, Map<String, String> parameters, MigratorConfig config, Path stateDir) {
        this(job, parameters, config, stateDir, false);
    }

    /** All parameters, with the defaults of those that were not given. */
    public Map<String, String> withDefaults() {
        Map<String, String> all = new HashMap<>();
        for (ParameterSpec spec : job.parameters()) {
            String value = parameters.getOrDefault(spec.name(), spec.defaultValue());
            if (value != null) {
                all.put(spec.name(), value);
            }
        }
        return Map.copyOf(all);
    }

    /** The same, only to look what it would do. */
    public JobRequest asPreview() {
        return new JobRequest(job, parameters, config, stateDir, true, terms);
    }

    /** The same under these terms. */
    public JobRequest under(RunTerms others) {
        return new JobRequest(job, parameters, config, stateDir, preview, others);
    }
}
