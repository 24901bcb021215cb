package io.migrator.cli;

import io.migrator.batch.ThisProcess;
import io.migrator.cli.command.Commands;
import io.migrator.cli.command.HelpCommand;
import io.migrator.cli.line.Command;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.RunLabel;
import io.migrator.cli.line.Surroundings;
import io.migrator.cli.line.Terminal;
import io.migrator.cli.line.Words;
import io.migrator.cli.output.Logging;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.OutputForm;
import io.migrator.config.read.ConfigLocation;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.ShortMemory;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Stopping;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.request.WorkerRequest;
import io.migrator.report.Progress;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The command line: from words to an exit code. The one place where failures become exit codes. */
public final class Cli {
    private final PrintStream out;
    private final PrintStream err;
    private final Surroundings surroundings;

    /**
     * @param out progress and result
     * @param err warnings and errors; log lines go to the process' own
     * @param jobs runs a job to its end
     */
    public Cli(
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            ConfigLocation location,
            Terminal terminal,
            BiFunction<JobRequest, Progress, RunOutcome> jobs) {
        this(
                out,
                err,
                environment,
                location,
                terminal,
                jobs,
                (request, progress) -> {
                    throw new IllegalStateException("no workers here");
                },
                Stopping.NONE);
    }

    /**
     * @param workers runs a worker until it is told to stop
     * @param stopping how this process is
     */
    public Cli(
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            ConfigLocation location,
            Terminal terminal,
            BiFunction<JobRequest, Progress, RunOutcome> jobs,
            BiFunction<WorkerRequest, Progress, RunOutcome> workers,
            Stopping stopping) {
        this.out = out;
        this.err = err;
        this.surroundings = new Surroundings(Map.copyOf(environment), location, terminal, jobs, workers, stopping);
    }

    /** Ends a run of which it is not known what it was to do; returns the exit code. */
    public int refuse(String told, String... args) {
        Words words = new Words(Commands.TABLE, args);
        return new Output(out, err, form(words))
                .end(words.command().word(), Failure.USAGE, told, Map.of(), List.of(), null);
    }

    /** Runs what the words ask for and returns the process' exit code. Never throws. */
    public int run(String... args) {
        Words words = new Words(Commands.TABLE, args);
        Output output = new Output(out, err, form(words));
        output.colours(surroundings.colours());
        Run run = new Run(words, output, surroundings);
        String name = run.name();
        try {
            int code = run(run);
            Logging.lost().ifPresent(output::alarm);
            return code;
        } catch (MigratorException e) {
            return output.end(name, e.failure(), String.valueOf(e.getMessage()), Map.of(), List.of(), e);
        } catch (RuntimeException | Error e) {
            if (ShortMemory.caused(e)) {
                return output.end(name, Failure.OUT_OF_MEMORY, ShortMemory.told(name), Map.of(), List.of(), e);
            }
            String told = "%s%nthis is a bug of migrator; run again with --debug and report the trace".formatted(e);
            return output.end(name, Failure.UNCLASSIFIED, told, Map.of(), List.of(), e);
        }
    }

    private OutputForm form(Words words) {
        return words.form().labelled(RunLabel.of(words, surroundings.environment()));
    }

    private static int run(Run run) {
        if (run.words().given("--version")) {
            run.requireNone(run.words().problems());
            return run.output().plain(List.of("migrator " + ThisProcess.programVersion()));
        }
        Command command =
                run.words().given("--help") ? new HelpCommand() : run.words().command();
        return command.run(run);
    }
}
