package io.migrator.cli.command;

import io.migrator.cli.output.AsIs;
import io.migrator.cli.output.Output;
import io.migrator.config.SettingsText;
import io.migrator.config.migrate.ConfigMigration;
import io.migrator.config.migrate.MigratedConfig;
import io.migrator.config.read.ConfigLocation;
import io.migrator.failure.Failure;
import io.migrator.failure.FileFault;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The word {@code config migrate}: the v2 form on stdout or in a file, what changed on stderr. With JSON the v2 form on
 * stdout is {@code yaml} of the summary.
 */
public final class MigrateConfig {
    private final Words words;
    private final ConfigLocation location;
    private final Map<String, String> environment;
    private final Output output;

    public MigrateConfig(Words words, ConfigLocation location, Map<String, String> environment, Output output) {
        this.words = words;
        this.location = location;
        this.environment = environment;
        this.output = output;
    }

    public static void check(Words words, List<String> problems) {
        if (words.given("--set")) {
            problems.add("--set does not belong to 'config migrate', which writes what the file says; give --set to the"
                    + " words that use the configuration");
        }
    }

    public int run() {
        Path source = location.configuration(words.text("--config"));
        if (source == null) {
            throw MigratorException.unable(
                    Failure.USAGE, "migrate", "config/backup.yaml", "there is no such file", "Name one with --config.");
        }
        String shown = location.shown(source);
        MigratedConfig migrated = new ConfigMigration(environment).run(read(source, shown), shown);
        if (!migrated.problems().isEmpty() && words.given("--strict")) {
            List<String> lines = new ArrayList<>(migrated.problems());
            lines.add("the v2 form of '%s' is not valid; nothing was written".formatted(shown));
            throw new MigratorException(Failure.USAGE, String.join("\n", lines));
        }
        output.warn(migrated.report());
        output.warn(migrated.problems().stream()
                .map(problem -> "to be corrected: " + problem)
                .toList());
        String file = words.outputFile();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("report", migrated.report());
        facts.put("problems", migrated.problems());
        if (file == null) {
            AsIs yaml = new AsIs(migrated.yaml());
            facts.put("yaml", yaml);
            output.asIs(yaml);
            return output.done("config migrate", "", facts);
        }
        write(location.resolve(file), migrated.yaml());
        return output.done("config migrate", "wrote '%s'; only this user can read it".formatted(file), facts);
    }

    private static String read(Path source, String shown) {
        try {
            return SettingsText.read(source);
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.USAGE, "read", shown, FileFault.told(e), "It must be a readable file in UTF-8.", e);
        }
    }

    /** A file that is moved over a link or a device would take its place. */
    private void requireReplaceable(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "write",
                    file.toString(),
                    "it is no plain file, but a link, a folder or a device",
                    "Name a plain file with -o, or leave -o out to write to standard output.");
        }
        if (!words.given("--force")) {
            throw MigratorException.unable(
                    Failure.CONFLICT, "write", file.toString(), "it exists", "Give another -o, or --force.");
        }
    }

    private void write(Path file, String text) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            requireReplaceable(file);
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            // Temporary files are readable by their owner only, and so is what they are moved to.
            Path whole = Files.createTempFile(folder, "config", ".tmp");
            try {
                Files.writeString(whole, text);
                Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                // It holds the passwords of the configuration.
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.USAGE, "write", file.toString(), FileFault.told(e), "Name a place that can be written.", e);
        }
    }
}
