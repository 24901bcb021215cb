package io.migrator.cli.job;

import io.migrator.launch.request.JobKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The job that the command line means.
 *
 * @param source where the job comes from, for showing
 * @param config configuration file that the preset names
 * @param targetConfig that of another vault, where the job has one for its target
 * @param every how often the preset says that it runs, such as {@code 24h}; empty where it does not
 * @param alarms what the user must see of the preset
 */
public record FoundJob(
        JobKind job,
        Map<String, String> parameters,
        String source,
        @Nullable String config,
        @Nullable String targetConfig,
        String every,
        List<String> alarms) {
    /** A built-in job. */
    public static FoundJob builtIn(JobKind job, Map<String, String> parameters, String source) {
        return new FoundJob(job, parameters, source, null, null, "", List.of());
    }
}
