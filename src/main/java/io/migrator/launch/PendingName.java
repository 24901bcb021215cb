package io.migrator.launch;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The name that a backup without {@code name=} got at its first start, kept in a file until that backup is complete, so
 * that the same command resumes it under the same name.
 */
final class PendingName {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy_MM_dd_HH_mm_ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;
    private final Clock clock;

    PendingName(Path stateDir, JobIdentity unnamed, Clock clock) {
        this.file = stateDir.resolve(unnamed.job().jobName() + "-auto-" + unnamed.digest() + ".name");
        this.clock = clock;
    }

    String takeOrCreate(String selection) {
        try {
            Files.createDirectories(file.getParent());
            String fresh = prefix(selection) + "_" + STAMP.format(clock.instant());
            try {
                Files.writeString(file, fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                return fresh;
            } catch (FileAlreadyExistsException e) {
                String kept = Files.readString(file).strip();
                return kept.isEmpty() ? fresh : kept;
            }
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.REPOSITORY,
                    "write",
                    file.toString(),
                    String.valueOf(e.getMessage()),
                    "Give --state-dir a folder that can be written.",
                    e);
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.REPOSITORY,
                    "delete",
                    file.toString(),
                    String.valueOf(e.getMessage()),
                    "Delete it by hand, or the next run repeats this backup's name.",
                    e);
        }
    }

    private static String prefix(String selection) {
        boolean single = !selection.isEmpty() && !selection.contains(",");
        String name = single ? selection.substring(selection.indexOf('.') + 1) : "backup";
        String legal = name.replaceAll("[^A-Za-z0-9_]", "_");
        return legal.isEmpty() || Character.isDigit(legal.charAt(0)) ? "_" + legal : legal;
    }
}
