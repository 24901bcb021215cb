package io.migrator.cli.line;

import io.migrator.cli.output.Colours;
import io.migrator.config.read.ConfigLocation;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Stopping;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.request.WorkerRequest;
import io.migrator.report.Progress;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What a command is run in.
 *
 * @param jobs runs a job to its end
 * @param workers runs a worker until it is told to stop
 * @param stopping how it is asked to stop
 */
public record Surroundings(
        Map<String, String> environment,
        ConfigLocation location,
        Terminal terminal,
        BiFunction<JobRequest, Progress, RunOutcome> jobs,
        BiFunction<WorkerRequest, Progress, RunOutcome> workers,
        Stopping stopping) {
    public Colours colours() {
        return Colours.of(environment, terminal.out(), terminal.err());
    }
}
