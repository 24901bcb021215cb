package io.migrator.cli.command;

import io.migrator.cli.job.FoundJob;
import io.migrator.cli.job.ParameterCheck;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.Words;
import io.migrator.cli.output.LiveProgress;
import io.migrator.cli.watch.Doing;
import io.migrator.cli.watch.WatchedRun;
import io.migrator.config.MigratorConfig;
import io.migrator.config.Sides;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.request.RunTerms;
import io.migrator.launch.request.WhenLocked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Runs a job to its end, or shows what it would do. */
final class JobStart {
    private JobStart() {}

    /** @param options makes parameters of the options of a word that means a job, and adds what is wrong with them */
    static int ofWord(Run run, BiFunction<Words, List<String>, Map<String, String>> options) {
        List<String> problems = run.problems();
        Map<String, String> parameters = options.apply(run.words(), problems);
        JobKind kind = Objects.requireNonNull(run.words().command().job());
        ParameterCheck.check(kind, parameters, problems);
        return of(run, FoundJob.builtIn(kind, parameters, run.words().command().word()), problems);
    }

    /** @param job null where there are problems that leave it unknown */
    static int of(Run run, @Nullable FoundJob job, List<String> problems) {
        Sides sides = job != null && job.job().asksVaultAlone() ? Sides.VAULT : Sides.ALL;
        ResolvedConfig target = target(run, job, problems);
        ResolvedConfig config = job == null
                ? run.begin(problems, sides, null, List.of())
                : run.begin(problems, sides, job.config(), job.alarms());
        if (job == null) {
            throw new IllegalStateException("no job and no problem");
        }
        run.startLog(config);
        MigratorConfig servers = config.config();
        if (target != null) {
            run.output().warn(target.warnings());
            target.alarms().forEach(run.output()::alarm);
            servers = servers.with(target.config());
        }
        boolean preview = run.words().given("--dry-run");
        // What the configuration says stands in where the command says nothing.
        Map<String, String> parameters = new LinkedHashMap<>(config.parameters());
        parameters.putAll(job.parameters());
        JobRequest request = new JobRequest(job.job(), parameters, servers, run.stateFolder(), preview)
                .under(new RunTerms(run.label(), whenLocked(run.words())));
        return preview
                ? new DryRun(run.output(), run.surroundings().jobs()).show(run.name(), request, job.source(), config)
                : launch(run, request, config, job.every());
    }

    private static WhenLocked whenLocked(Words words) {
        String said = words.text("--locked");
        return said == null ? WhenLocked.FAIL : WhenLocked.of(said).orElseThrow();
    }

    private static @Nullable ResolvedConfig target(Run run, @Nullable FoundJob job, List<String> problems) {
        if (job == null) {
            return null;
        }
        if (job.job().takesTarget()) {
            return run.target(problems, job.targetConfig());
        }
        String strange = " is for the job export, not for " + job.job().jobName();
        List.of("--target-config", "--target-set").stream()
                .filter(run.words()::given)
                .forEach(option -> problems.add(option + strange));
        if (job.targetConfig() != null) {
            problems.add(job.source() + ": target-config" + strange);
        }
        return null;
    }

    private static int launch(Run run, JobRequest request, ResolvedConfig config, String every) {
        WatchedRun watched = WatchedRun.begin(run, config, Doing.job(run.name(), request, every));
        RunOutcome outcome;
        try (LiveProgress progress = run.output()
                .progress(run.surroundings().terminal().columns(), request.job().jobName())) {
            outcome = watched.work(progress, told -> run.surroundings().jobs().apply(request, told));
            if (outcome.failure() != null && outcome.failure() != Failure.PARTIAL) {
                progress.brokeOff();
            }
            outcome.report().fact("seconds", progress.seconds());
        }
        int code = run.output()
                .end(
                        run.name(),
                        outcome.failure(),
                        outcome.message(),
                        outcome.report().facts(),
                        outcome.report().tables(),
                        outcome.cause());
        return watched.ended(outcome, code);
    }
}
