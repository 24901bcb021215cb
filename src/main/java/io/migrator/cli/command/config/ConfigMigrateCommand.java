package io.migrator.cli.command.config;

import static io.migrator.cli.line.Option.flag;
import static io.migrator.cli.line.Option.option;

import io.migrator.cli.line.Command;
import io.migrator.cli.line.Option;
import io.migrator.cli.line.Run;
import io.migrator.cli.line.WithoutJob;
import io.migrator.cli.line.Words;
import io.migrator.cli.output.Output;
import io.migrator.config.migrate.ConfigMigration;
import io.migrator.config.migrate.MigratedConfig;
import io.migrator.config.read.ConfigLocation;
import io.migrator.config.read.SettingsText;
import io.migrator.failure.Failure;
import io.migrator.failure.FileFault;
import io.migrator.failure.MigratorException;
import io.migrator.report.AsIs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The word {@code config migrate}: the v2 form on stdout or in a file, what changed on stderr. With JSON the v2 form on
 * stdout is {@code yaml} of the summary.
 */
public final class ConfigMigrateCommand implements Command {
    private static final List<Option> OPTIONS = List.of(
            option("-o", "FILE", "where to write the v2 form; default stdout"),
            flag("--force", "replace FILE"),
            flag("--strict", "fail where the v2 form would not be valid"));

    @Override
    public String word() {
        return "config migrate";
    }

    @Override
    public String purpose() {
        return "write a v1 configuration as v2: [-o FILE] [--force] [--strict]";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public boolean outputMayBeFile() {
        return true;
    }

    @Override
    public int run(Run run) {
        Words words = run.words();
        List<String> problems = run.problems();
        WithoutJob.check(words, problems);
        if (words.given("--set")) {
            problems.add("--set does not belong to 'config migrate', which writes what the file says; give --set to the"
                    + " words that use the configuration");
        }
        run.requireNone(problems);
        run.output().warn(words.warnings());
        return migrate(run);
    }

    private static int migrate(Run run) {
        Words words = run.words();
        Output output = run.output();
        ConfigLocation location = run.surroundings().location();
        Path source = location.configuration(words.text("--config"));
        if (source == null) {
            throw MigratorException.unable(
                    Failure.USAGE, "migrate", "config/backup.yaml", "there is no such file", "Name one with --config.");
        }
        String shown = location.shown(source);
        MigratedConfig migrated = new ConfigMigration(run.surroundings().environment()).run(read(source, shown), shown);
        if (!migrated.problems().isEmpty() && words.given("--strict")) {
            List<String> lines = new ArrayList<>(migrated.problems());
            lines.add("the v2 form of '%s' is not valid; nothing was written".formatted(shown));
            throw new MigratorException(Failure.USAGE, String.join("\n", lines));
        }
        output.warn(migrated.report());
        output.warn(migrated.problems().stream()
                .map(problem -> "to be corrected: " + problem)
                .toList());
        String file = outputFile(words);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("report", migrated.report());
        facts.put("problems", migrated.problems());
        if (file == null) {
            AsIs yaml = new AsIs(migrated.yaml());
            facts.put("yaml", yaml);
            output.asIs(yaml);
            return output.done("config migrate", "", facts);
        }
        PrivateFile.write(location.resolve(file), migrated.yaml(), words.given("--force"));
        return output.done("config migrate", "wrote '%s'; only this user can read it".formatted(file), facts);
    }

    /** The file to write, which milvus-backup spells {@code --output}, too; null for standard output. */
    public static @Nullable String outputFile(Words words) {
        String file = words.text("-o");
        String output = words.text("--output");
        return file != null || output == null || Words.isForm(output) ? file : output;
    }

    private static String read(Path source, String shown) {
        try {
            return SettingsText.read(source);
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.USAGE, "read", shown, FileFault.told(e), "It must be a readable file in UTF-8.", e);
        }
    }
}
