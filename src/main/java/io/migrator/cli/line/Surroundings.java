package io.migrator.cli.line;

import io.migrator.config.read.ConfigLocation;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What a command is run in.
 *
 * @param columns width of the terminal that standard output is, 0 where it is none
 * @param jobs runs a job to its end
 */
public record Surroundings(
        Map<String, String> environment,
        ConfigLocation location,
        int columns,
        BiFunction<JobRequest, Progress, RunOutcome> jobs) {}
