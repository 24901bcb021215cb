package io.migrator.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder for what tests download or build and later runs want again: {@code MIGRATOR_LAB_CACHE}, else
 * {@code ~/.cache/migrator-lab}. Outside {@code target}, so that {@code clean} keeps it.
 */
public final class LabCache {
    /** Puts content into an empty folder. */
    public interface Filler {
        void fill(Path emptyFolder) throws IOException, InterruptedException;
    }

    private LabCache() {}

    public static Path root() {
        return Optional.ofNullable(System.getenv("MIGRATOR_LAB_CACHE"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "migrator-lab"))
                .toAbsolutePath();
    }

    /**
     * The folder {@code name} of the cache, filled by the first process that asks; others wait for it. It is built
     * aside and renamed, so it is complete wherever it exists. A filler that throws leaves nothing behind.
     *
     * @param name one folder name; put the version in it
     */
    public static synchronized Path folder(String name, Filler filler) throws IOException, InterruptedException {
        Path wanted = root().resolve(name);
        if (Files.isDirectory(wanted)) {
            return wanted;
        }
        Files.createDirectories(root());
        Path lockFile = root().resolve("." + name + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid() || Files.isDirectory(wanted)) {
                return wanted;
            }
            Path building = Files.createTempDirectory(root(), "." + name + ".");
            try {
                filler.fill(building);
                rename(building, wanted);
            } finally {
                deleteTree(building);
            }
            return wanted;
        }
    }

    private static void rename(Path built, Path wanted) throws IOException {
        try {
            Files.move(built, wanted, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Some shared file systems do not honour the lock; then another process was first, which is as good.
            if (!Files.isDirectory(wanted)) {
                throw e;
            }
        }
    }

    /** Deletes a folder with everything in it; no fault where it is missing. */
    public static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        }
    }
}
