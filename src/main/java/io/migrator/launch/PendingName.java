package io.migrator.launch;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.BackupName;
import io.migrator.format.CollectionName;
import io.migrator.format.Selection;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The name that a backup without {@code name=} got at its first start, kept in a file until that backup is complete, so
 * that the same command resumes it under the same name.
 */
final class PendingName {
    private final Path file;
    private final Clock clock;

    PendingName(Path stateDir, JobIdentity unnamed, Clock clock) {
        this.file = stateDir.resolve(unnamed.job().jobName() + "-auto-" + unnamed.digest() + ".name");
        this.clock = clock;
    }

    String takeOrCreate(String selection) {
        try {
            Files.createDirectories(file.getParent());
            String fresh = of(selection, clock.instant());
            Path whole = Files.writeString(Files.createTempFile(file.getParent(), "name", ".tmp"), fresh);
            try {
                Files.createLink(file, whole);
                return fresh;
            } catch (FileAlreadyExistsException e) {
                return StateFiles.read(file);
            } finally {
                Files.delete(whole);
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

    /** The name that a backup of this selection, begun now, gets. */
    static String of(String selection, Instant now) {
        return BackupName.byDefault(stem(selection), now);
    }

    private static String stem(String selection) {
        List<CollectionName> names = Selection.parse(selection).literals();
        return names.size() == 1 && Selection.parse(selection).isLiteral()
                ? names.get(0).collection()
                : "backup";
    }
}
