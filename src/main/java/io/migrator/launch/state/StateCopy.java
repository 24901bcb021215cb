package io.migrator.launch.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A copy of one job database, gone when closed: H2 writes to what it opens, and what is only looked at has to stay as it is. */
public final class StateCopy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateCopy.class);

    private final Path folder;

    private StateCopy(Path folder) {
        this.folder = folder;
    }

    /** One that somebody fills. */
    public static StateCopy empty() {
        return new StateCopy(newFolder());
    }

    /** LOCKED where a run has the database, as that run's rival would be told. */
    public static StateCopy of(Path stateDir, String name) {
        Path stored = JobDatabase.stored(stateDir, name);
        try {
            // Before it is opened: a pipe in its place would be waited for.
            StateDirectory.requireOwnFile(stored);
        } catch (IOException e) {
            throw unable(stored, e);
        }
        StateCopy copy = new StateCopy(newFolder());
        boolean whole = false;
        try (FileChannel channel = FileChannel.open(stored, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            if (lock == null) {
                throw JobDatabase.inUse(stateDir, name, null);
            }
            StateDirectory.requireOwnFile(stored);
            Files.copy(stored, JobDatabase.stored(copy.folder, name));
            whole = true;
            return copy;
        } catch (OverlappingFileLockException e) {
            throw JobDatabase.inUse(stateDir, name, e);
        } catch (IOException e) {
            throw unable(stored, e);
        } finally {
            if (!whole) {
                copy.close();
            }
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("migrator-dry-run");
        } catch (IOException e) {
            throw unable(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), e);
        }
    }

    private static MigratorException unable(Path path, IOException e) {
        return MigratorException.unable(
                Failure.REPOSITORY,
                "copy",
                path.toString(),
                e.getClass().getSimpleName() + ": " + e.getMessage(),
                "Job databases that are only looked at are copied to the folder of temporary files: make room there, or give"
                        + " another (java -Djava.io.tmpdir=).",
                e);
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.delete(folder);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("removing {}", folder, e);
        }
    }
}
