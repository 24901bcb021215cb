package io.migrator.config.read;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.migrator.config.MigratorConfig;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the reader share: a folder with a backup.yaml, and a reader of it. */
abstract class ConfigCase {
    @TempDir
    Path folder;

    MigratorConfig read(String content) {
        write(content);
        return reader(Map.of()).read(null, List.of()).config();
    }

    MigratorException failure(String content) {
        write(content);
        return catchThrowableOfType(
                MigratorException.class, () -> reader(Map.of()).read(null, List.of()));
    }

    ConfigReader reader(Map<String, String> environment) {
        return new ConfigReader(new ConfigLocation(folder, null), environment);
    }

    Path write(String content) {
        try {
            return Files.writeString(folder.resolve("backup.yaml"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
