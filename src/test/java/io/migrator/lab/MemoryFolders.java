package io.migrator.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Folders for tests: in memory, with {@code -Dtest.memory=true}, for those of which the point is what a job does rather than
 * what a disk does. Each commit of a job database is a write to that, which costs a fifth of the processor time and most of
 * the waiting. Tests of stores, of state files and of commands stay on the disk, and so does everything where there is little
 * memory for files.
 */
public final class MemoryFolders implements TempDirFactory {
    private static final Set<String> ROOMS =
            Set.of("backup", "catalog", "coverage", "export", "lease", "restore", "retention", "vault", "verify");
    private static final long LEAST = 4L << 30;
    private static final String HOUSE = "io.migrator.";
    private static final int MOST_TRIES = 20;
    private static final long PAUSE_NANOS = 50_000_000;

    private static final @Nullable Path MEMORY = memory();

    /** Made until now for this JVM, and to be taken away with it. */
    private static final ConcurrentLinkedDeque<Path> LASTING = new ConcurrentLinkedDeque<>();

    /** Made by JUnit. */
    public MemoryFolders() {}

    private static @Nullable Path memory() {
        Path files = Path.of("/dev/shm");
        return Boolean.getBoolean("test.memory")
                        && Files.isWritable(files)
                        && files.toFile().getUsableSpace() > LEAST
                ? files
                : null;
    }

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
        return create("junit", room(test.getRequiredTestClass().getPackageName()));
    }

    private static String room(String name) {
        return name.startsWith(HOUSE) ? name.substring(HOUSE.length()).replaceFirst("\\..*", "") : "";
    }

    private static Path create(String prefix, String room) throws IOException {
        return MEMORY != null && ROOMS.contains(room)
                ? Files.createTempDirectory(MEMORY, prefix)
                : Files.createTempDirectory(prefix);
    }

    /** One that goes with this JVM, of whatever room the test is. */
    public static Path lasting(String prefix) throws IOException {
        Path made = MEMORY == null ? Files.createTempDirectory(prefix) : Files.createTempDirectory(MEMORY, prefix);
        takeAwayLater(made);
        return made;
    }

    /** One in memory that goes with this JVM; empty where folders are not to lie there. */
    static Optional<Path> inMemory(String prefix) throws IOException {
        if (MEMORY == null) {
            return Optional.empty();
        }
        Path made = Files.createTempDirectory(MEMORY, prefix);
        takeAwayLater(made);
        return Optional.of(made);
    }

    private static void takeAwayLater(Path made) {
        synchronized (LASTING) {
            if (LASTING.isEmpty()) {
                Runtime.getRuntime().addShutdownHook(new Thread(MemoryFolders::remove, "remove-folders"));
            }
            LASTING.add(made);
        }
    }

    private static void remove() {
        LASTING.forEach(MemoryFolders::remove);
    }

    /** Servers that end beside this may write into it for a moment. */
    private static void remove(Path folder) {
        for (int tries = 1; ; tries++) {
            try {
                LabCache.deleteTree(folder);
                return;
            } catch (IOException | UncheckedIOException e) {
                if (tries == MOST_TRIES) {
                    System.err.println("left behind: " + folder + ": " + e);
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
