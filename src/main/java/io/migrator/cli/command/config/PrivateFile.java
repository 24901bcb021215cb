package io.migrator.cli.command.config;

import io.migrator.failure.Failure;
import io.migrator.failure.FileFault;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a user asks for, whole or not there, and readable by that user only. */
final class PrivateFile {
    private PrivateFile() {}

    /** A file that is moved over a link or a device would take its place. */
    private static void requireReplaceable(Path file, boolean replace) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "write",
                    file.toString(),
                    "it is no plain file, but a link, a folder or a device",
                    "Name a plain file with -o, or leave -o out to write to standard output.");
        }
        if (!replace) {
            throw MigratorException.unable(
                    Failure.CONFLICT, "write", file.toString(), "it exists", "Give another -o, or --force.");
        }
    }

    /** @param replace whether a plain file that is there may be replaced */
    static void write(Path file, String text, boolean replace) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            requireReplaceable(file, replace);
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
