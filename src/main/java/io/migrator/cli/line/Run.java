package io.migrator.cli.line;

import io.migrator.cli.job.JobFinder;
import io.migrator.cli.job.StateFolder;
import io.migrator.cli.output.Logging;
import io.migrator.cli.output.Output;
import io.migrator.config.Sides;
import io.migrator.config.read.ConfigReader;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a command: what was said, where the answer goes, and the configuration it needs. */
public record Run(Words words, Output output, Surroundings surroundings) {
    /** Of the job or the word, as the result says it. */
    public String name() {
        return words.given("--job")
                ? String.valueOf(words.text("--job"))
                : words.command().word();
    }

    /** What is wrong with what was said, to be added to. Ends with UNSUPPORTED where it is right, but not for this program. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(words.problems());
        RunLabel.check(words, problems);
        if (problems.isEmpty()) {
            words.command().requireTaken(words);
        }
        return problems;
    }

    /**
     * Reads the configuration and says what there is to warn of; ends with USAGE and all problems where there are any.
     *
     * @param named configuration file where {@code --config} names none, null for the usual one
     * @param alarms what the user must see before those of the configuration
     */
    public ResolvedConfig begin(List<String> problems, Sides sides, @Nullable String named, List<String> alarms) {
        ResolvedConfig config = config(problems, sides, named);
        Path unused = stateFolder();
        requireNone(problems);
        if (config == null) {
            throw new IllegalStateException("no configuration and no problem");
        }
        output.wording(config.wording());
        output.warn(words.warnings());
        output.warn(RunLabel.warnings(words, surroundings.environment()));
        alarms.forEach(output::alarm);
        output.warn(config.warnings());
        config.alarms().forEach(output::alarm);
        return config;
    }

    /**
     * Reads the configuration of the vault that is to get something; null where none is named.
     *
     * @param problems where all that is wrong with it is added
     * @param named the file where {@code --target-config} names none; null for none
     */
    public @Nullable ResolvedConfig target(List<String> problems, @Nullable String named) {
        String given = words.text("--target-config");
        String file = given == null ? named : given;
        if (file == null) {
            if (words.given("--target-set")) {
                problems.add("--target-set needs --target-config");
            }
            return null;
        }
        try {
            return ConfigReader.ofTarget(surroundings.location(), surroundings.environment())
                    .read(file, words.targetSets(), Sides.VAULT);
        } catch (MigratorException e) {
            if (e.failure() != Failure.USAGE) {
                throw e;
            }
            problems.add("--target-config: " + e.getMessage());
            return null;
        }
    }

    /** What a scheduler calls it; empty where it says nothing. */
    public String label() {
        return RunLabel.of(words, surroundings.environment());
    }

    public void startLog(ResolvedConfig config) {
        Logging.start(config.config().log(), words.given("--debug"), label()).ifPresent(output::alarm);
    }

    public Path stateFolder() {
        return StateFolder.of(
                words.text("--state-dir"),
                surroundings.environment(),
                System.getProperty("os.name", ""),
                System.getProperty("user.home", "."));
    }

    public JobFinder jobs() {
        return new JobFinder(
                surroundings.location(),
                Clock.systemUTC(),
                surroundings.location().trust(surroundings.environment()));
    }

    /** Ends with USAGE and the problems, and where to find help, unless there are none. */
    public void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            String job = words.text("--job");
            Command command = words.command();
            String word = command.word().isEmpty() || command.takesWord() ? "" : command.word() + " ";
            String help = job == null || !jobs().known().contains(job)
                    ? "migrator %s--help".formatted(word)
                    : "migrator --job=%s --help".formatted(job);
            throw new MigratorException(Failure.USAGE, String.join("\n", problems) + "\nfor help: " + help);
        }
    }

    private @Nullable ResolvedConfig config(List<String> problems, Sides sides, @Nullable String named) {
        String given = words.text("--config");
        try {
            return new ConfigReader(surroundings.location(), surroundings.environment())
                    .read(given == null ? named : given, words.sets(), sides);
        } catch (MigratorException e) {
            if (e.failure() != Failure.USAGE) {
                throw e;
            }
            problems.add(String.valueOf(e.getMessage()));
            return null;
        }
    }
}
