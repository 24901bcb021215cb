package io.migrator.cli.command.runs;

import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.StillWaiting;
import io.migrator.cli.output.TextTable;
import io.migrator.config.RepositoryConfig;
import io.migrator.config.Sides;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.postgres.KnownRun;
import io.migrator.launch.postgres.KnownRun.Part;
import io.migrator.launch.postgres.KnownRun.State;
import io.migrator.launch.postgres.RunList;
import io.migrator.report.RunReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The word {@code runs}: the work that the PostgreSQL of the configuration knows, and who does it. */
public final class RunsCommand implements Command {
    private static final String DROP = "--drop";
    private static final List<Option> OPTIONS =
            List.of(option(DROP, "NAME", "forget that work, with all that it knew; refused where a run has it"));

    @Override
    public String word() {
        return "runs";
    }

    @Override
    public String purpose() {
        return "list the work that the PostgreSQL of repository.url knows: [--drop NAME]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public int run(Run run) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        String dropped = run.words().text(DROP);
        if (dropped != null && dropped.isBlank()) {
            problems.add(DROP + ": must not be empty");
        }
        ResolvedConfig config = run.begin(problems, Sides.VAULT_UNPROVEN, null, List.of());
        run.startLog(config);
        RepositoryConfig repository = config.config().repository();
        if (!repository.given()) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "list",
                    "runs",
                    "the configuration names no PostgreSQL",
                    "Set %s; what lies in a state folder is a file for each piece of work."
                            .formatted(RepositoryConfig.URL));
        }
        RunList runs = new RunList(repository);
        return StillWaiting.during(
                run.output(),
                run.name(),
                repository.display(),
                () -> dropped == null ? list(runs.all(), repository, run.output()) : drop(runs, dropped, run.output()));
    }

    private static int drop(RunList runs, String name, Output output) {
        runs.drop(name);
        return output.done("runs", "forgotten: " + name, Map.of("dropped", name));
    }

    private static int list(List<KnownRun> runs, RepositoryConfig repository, Output output) {
        if (!runs.isEmpty()) {
            output.text(TextTable.lines(
                    List.of("NAME", "STATE", "BEGUN", "TIMES", "BY"),
                    runs.stream().map(RunsCommand::row).toList()));
        }
        List<List<String>> parts = new ArrayList<>();
        for (KnownRun run : runs) {
            if (run.state() == State.RUNNING) {
                run.parts().stream().filter(Part::atWork).forEach(part -> parts.add(row(run, part)));
            }
        }
        if (!parts.isEmpty()) {
            output.text(List.of(""));
            output.text(
                    TextTable.lines(List.of("NAME", "PART", "WORKER", "SINCE", "HEARD", "TIMES", "OBJECTS"), parts));
        }
        String message = runs.isEmpty() ? "no work in " + repository.display() : "";
        return output.done(
                "runs",
                message,
                RunReport.parts("runs", runs.stream().map(RunsCommand::facts).toList()));
    }

    private static List<String> row(KnownRun run) {
        return List.of(
                run.name(), word(run.state()), shown(run.changed()), String.valueOf(run.executions()), run.holder());
    }

    private static List<String> row(KnownRun run, Part part) {
        return List.of(
                run.name(),
                part.part(),
                part.worker(),
                shown(part.begun()),
                shown(part.heard()),
                String.valueOf(part.attempts()),
                String.valueOf(part.objects()));
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String shown(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Map<String, Object> facts(KnownRun run) {
        return RunReport.parts(
                "name",
                run.name(),
                "job",
                run.job(),
                "state",
                word(run.state()),
                "schema",
                run.schema(),
                "holder",
                run.holder(),
                "begun",
                run.changed().toString(),
                "executions",
                run.executions(),
                "parts",
                run.parts().stream().map(RunsCommand::facts).toList());
    }

    private static Map<String, Object> facts(Part part) {
        return RunReport.parts(
                "part",
                part.part(),
                "worker",
                part.worker(),
                "at_work",
                part.atWork(),
                "begun",
                part.begun().toString(),
                "heard",
                part.heard().toString(),
                "attempts",
                part.attempts(),
                "objects",
                part.objects(),
                "bytes",
                part.bytes());
    }
}
