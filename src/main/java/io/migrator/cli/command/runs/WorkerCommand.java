package io.migrator.cli.command.runs;

import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.output.LiveProgress;
import io.migrator.config.Sides;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.WorkerRequest;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The word {@code worker}: takes parts of the runs of other hosts, until it is told to stop. */
public final class WorkerCommand implements Command {
    private static final int USUAL_THREADS = 2;
    private static final String THREADS = "--threads";
    private static final String IDLE = "--idle-exit";
    private static final Pattern PART = Pattern.compile("([1-9][0-9]{0,4})([smh])");
    private static final String TIME = "([1-9][0-9]{0,4}[smh]){1,3}";
    private static final List<Option> OPTIONS = List.of(
            option(THREADS, "N", "parts worked off at once, 1 to 99; default 2"),
            option(IDLE, "TIME", "end after so long without work: 30s, 10m, 1h30m; default never"));

    @Override
    public String word() {
        return "worker";
    }

    @Override
    public String purpose() {
        return "help with jobs begun with workers=remote, until SIGTERM: [--threads 2] [--idle-exit 10m]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public int run(Run run) {
        List<String> problems = run.problems();
        WithoutJob.check(run.words(), problems);
        String threads = said(run, THREADS, "[1-9][0-9]?", "a number from 1 to 99", problems);
        String idle = said(run, IDLE, TIME, "a time such as 30s, 10m or 1h30m", problems);
        ResolvedConfig config = run.begin(problems, Sides.ALL, null, List.of());
        run.startLog(config);
        WorkerRequest request = new WorkerRequest(
                config.config(),
                threads == null ? USUAL_THREADS : Integer.parseInt(threads),
                idle == null ? Duration.ZERO : time(idle));
        RunOutcome outcome;
        try (LiveProgress progress =
                run.output().progress(run.surroundings().terminal().columns())) {
            outcome = run.surroundings().workers().apply(request, progress);
        }
        return run.output()
                .end(
                        run.name(),
                        outcome.failure(),
                        outcome.message(),
                        outcome.report().facts(),
                        List.of(),
                        outcome.cause());
    }

    private static @Nullable String said(
            Run run, String option, String allowed, String expected, List<String> problems) {
        String value = run.words().text(option);
        if (value != null && !value.matches(allowed)) {
            problems.add("%s: '%s' is not %s".formatted(option, value, expected));
        }
        return value;
    }

    private static Duration time(String text) {
        return PART.matcher(text).results().map(WorkerCommand::part).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration part(MatchResult part) {
        long number = Long.parseLong(part.group(1));
        return switch (part.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
