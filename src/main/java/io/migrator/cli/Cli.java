package io.migrator.cli;

import io.migrator.batch.ThisProcess;
import io.migrator.cli.command.CheckWord;
import io.migrator.cli.command.DryRun;
import io.migrator.cli.command.HelpText;
import io.migrator.cli.command.JobWords;
import io.migrator.cli.command.MigrateConfig;
import io.migrator.cli.command.ShowConfig;
import io.migrator.cli.command.VaultWords;
import io.migrator.cli.command.Verb;
import io.migrator.cli.command.Words;
import io.migrator.cli.output.LiveProgress;
import io.migrator.cli.output.Logging;
import io.migrator.cli.output.Output;
import io.migrator.cli.output.StillWaiting;
import io.migrator.config.MigratorConfig;
import io.migrator.config.Sides;
import io.migrator.config.read.ConfigLocation;
import io.migrator.config.read.ConfigReader;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.ShortMemory;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The command line: from words to an exit code. The one place where failures become exit codes. */
public final class Cli {
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final ConfigLocation location;
    private final int columns;
    private final BiFunction<JobRequest, Progress, RunOutcome> jobs;

    /**
     * @param out progress and result
     * @param err warnings and errors; log lines go to the process' own
     * @param columns width of the terminal that {@code out} is, 0 where it is none
     * @param jobs runs a job to its end
     */
    public Cli(
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            ConfigLocation location,
            int columns,
            BiFunction<JobRequest, Progress, RunOutcome> jobs) {
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
        this.location = location;
        this.columns = columns;
        this.jobs = jobs;
    }

    /** Ends a run of which it is not known what it was to do; returns the exit code. */
    public int refuse(String told, String... args) {
        Words words = new Words(args);
        return new Output(out, err, words.form())
                .end(words.verb().word(), Failure.USAGE, told, Map.of(), List.of(), null);
    }

    /** Runs what the words ask for and returns the process' exit code. Never throws. */
    public int run(String... args) {
        Words words = new Words(args);
        Output output = new Output(out, err, words.form());
        String name = words.given("--job")
                ? String.valueOf(words.text("--job"))
                : words.verb().word();
        try {
            int code = run(words, output, name);
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

    private int run(Words words, Output output, String name) {
        if (words.given("--version")) {
            requireNone(words.problems(), words);
            return output.plain(List.of("migrator " + ThisProcess.programVersion()));
        }
        if (words.given("--help") || words.verb() == Verb.HELP) {
            return help(words, output);
        }
        List<String> problems = new ArrayList<>(words.problems());
        if (problems.isEmpty()) {
            Refusal.requireNone(words);
        }
        JobWords.Resolved job = null;
        if (words.verb().runsJob()) {
            job = jobWords().resolve(words, problems);
        } else {
            VaultWords.check(words, problems);
        }
        if (words.verb() == Verb.CONFIG_MIGRATE) {
            MigrateConfig.check(words, problems);
            requireNone(problems, words);
            output.warn(words.warnings());
            return new MigrateConfig(words, location, environment, output).run();
        }
        ResolvedConfig config = config(words, job, problems);
        Path state = StateFolder.of(
                words.text("--state-dir"),
                environment,
                System.getProperty("os.name", ""),
                System.getProperty("user.home", "."));
        requireNone(problems, words);
        if (config == null) {
            throw new IllegalStateException("no configuration and no problem");
        }
        output.wording(config.wording());
        output.warn(words.warnings());
        if (job != null) {
            job.alarms().forEach(output::alarm);
        }
        output.warn(config.warnings());
        config.alarms().forEach(output::alarm);
        if (words.verb().showsConfig()) {
            return new ShowConfig(output).show(name, config);
        }
        Logging.start(config.config().log(), words.given("--debug")).ifPresent(output::alarm);
        if (job == null) {
            return look(words, output, name, config);
        }
        boolean preview = words.given("--dry-run");
        JobRequest request = new JobRequest(job.job(), withConfigured(job, config), config.config(), state, preview);
        return preview
                ? new DryRun(output, jobs).show(name, request, job.source(), config)
                : launch(request, output, name);
    }

    private static int look(Words words, Output output, String name, ResolvedConfig config) {
        MigratorConfig servers = config.config();
        boolean vaultAlone = words.verb() != Verb.CHECK;
        String place = vaultAlone
                ? servers.vault().display()
                : "%s:%d, %s and %s"
                        .formatted(
                                servers.milvus().address(),
                                servers.milvus().port(),
                                servers.milvusStorage().display(),
                                servers.vault().display());
        return StillWaiting.during(
                output,
                name,
                place,
                () -> vaultAlone
                        ? new VaultWords(words, servers.vault(), output).run()
                        : new CheckWord(words, output).run(config));
    }

    /** What the configuration says stands in where the command says nothing. */
    private static Map<String, String> withConfigured(JobWords.Resolved job, ResolvedConfig config) {
        Map<String, String> parameters = new LinkedHashMap<>(config.parameters());
        parameters.putAll(job.parameters());
        return parameters;
    }

    private int launch(JobRequest request, Output output, String name) {
        RunOutcome outcome;
        try (LiveProgress progress = output.progress(columns)) {
            outcome = jobs.apply(request, progress);
        }
        return output.end(
                name,
                outcome.failure(),
                outcome.message(),
                outcome.report().facts(),
                outcome.report().tables(),
                outcome.cause());
    }

    private int help(Words words, Output output) {
        List<String> problems = new ArrayList<>(words.problems());
        String job = words.text("--job");
        if (job == null) {
            requireNone(problems, words);
            Verb wanted = words.helpWanted();
            return output.plain(wanted == null ? HelpText.program(jobWords().known()) : HelpText.word(wanted));
        }
        JobWords.Resolved resolved = jobWords().named(job, Map.of(), problems);
        requireNone(problems, words);
        if (resolved == null) {
            throw new IllegalStateException("no job and no problem");
        }
        return output.plain(HelpText.job(job, resolved.job()));
    }

    private @Nullable ResolvedConfig config(Words words, JobWords.@Nullable Resolved job, List<String> problems) {
        String named = words.text("--config");
        if (named == null && job != null) {
            named = job.config();
        }
        try {
            return new ConfigReader(location, environment).read(named, words.sets(), sides(words, job));
        } catch (MigratorException e) {
            if (e.failure() != Failure.USAGE) {
                throw e;
            }
            problems.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static Sides sides(Words words, JobWords.@Nullable Resolved job) {
        if (job != null) {
            return job.job() == JobKind.VERIFY ? Sides.VAULT : Sides.ALL;
        }
        return words.verb().looksAtVault() ? Sides.VAULT_UNPROVEN : Sides.ALL;
    }

    private JobWords jobWords() {
        return new JobWords(location, Clock.systemUTC(), location.trust(environment));
    }

    private void requireNone(List<String> problems, Words words) {
        if (!problems.isEmpty()) {
            String job = words.text("--job");
            String word = words.verb() == Verb.JOB || words.verb() == Verb.HELP
                    ? ""
                    : words.verb().word() + " ";
            String help = job == null || !jobWords().known().contains(job)
                    ? "migrator %s--help".formatted(word)
                    : "migrator --job=%s --help".formatted(job);
            throw new MigratorException(Failure.USAGE, String.join("\n", problems) + "\nfor help: " + help);
        }
    }
}
