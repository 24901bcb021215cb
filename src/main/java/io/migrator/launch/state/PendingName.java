package io.migrator.launch.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.BackupName;
import io.migrator.launch.request.JobIdentity;
import io.migrator.selection.CollectionName;
import io.migrator.selection.Selection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The name that a backup without {@code name=} got at its first start, kept in a file until that backup is complete, so
 * that the same command resumes it under the same name.
 */
public final class PendingName {
    private final Path file;
    private final Clock clock;

    public PendingName(Path stateDir, JobIdentity unnamed, Clock clock) {
        this.file = stateDir.resolve(unnamed.job().jobName() + "-auto-" + unnamed.digest() + ".name");
        this.clock = clock;
    }

    public String takeOrCreate(String selection) {
        try {
            Files.createDirectories(file.getParent());
            Path whole = Files.createTempFile(file.getParent(), "name", ".tmp");
            try {
                String fresh = of(selection, clock.instant());
                write(whole, fresh);
                String kept = linked(whole) ? fresh : StateFiles.read(file);
                if (!BackupName.isValid(kept)) {
                    // A power failure may leave the file without its content; whatever had that name is not known any
                    // more.
                    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                    kept = StateFiles.read(file);
                }
                forceFolder();
                return kept;
            } finally {
                Files.deleteIfExists(whole);
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

    /** On the disk before it is found: the job database of that name is, too. */
    private static void write(Path whole, String name) throws IOException {
        try (FileChannel out = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(name);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    private boolean linked(Path whole) throws IOException {
        try {
            Files.createLink(file, whole);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    public void forget() {
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
    public static String of(String selection, Instant now) {
        return BackupName.byDefault(stem(selection), now);
    }

    private static String stem(String selection) {
        List<CollectionName> names = Selection.parse(selection).literals();
        return names.size() == 1 && Selection.parse(selection).isLiteral()
                ? names.get(0).collection()
                : "backup";
    }
}
