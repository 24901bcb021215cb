package io.migrator.fuzz;

import io.migrator.config.read.ConfigLocation;
import io.migrator.config.read.ConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The configuration as a file on the disk, which is all that its reader takes. */
final class ConfigurationFile {
    private static final String NAME = "fuzzed.yaml";
    private static final Path FOLDER = folder();

    private ConfigurationFile() {}

    static void read(byte[] content) throws IOException {
        Files.write(FOLDER.resolve(NAME), content);
        new ConfigReader(new ConfigLocation(FOLDER, null), Map.of()).read(NAME, List.of());
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("migrator-fuzz");
            // Deleted in the reverse order.
            folder.toFile().deleteOnExit();
            folder.resolve(NAME).toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
