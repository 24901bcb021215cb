package io.migrator.store.local;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one at a time, of all processes that see the folder, replace an object. The lock is the kernel's and dies with its
 * process; its file stays beside the object until the folder is emptied.
 */
final class LocalLock {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final LocalPaths paths;
    private final LocalFailures failures;

    LocalLock(LocalPaths paths, LocalFailures failures) {
        this.paths = paths;
        this.failures = failures;
    }

    /** What the work gives; empty where the folder of the object does not exist. UNSUPPORTED where it cannot be locked. */
    <T> Optional<T> holding(String key, Supplier<Optional<T>> work) {
        Path file = LocalPaths.lockBeside(paths.file("write", key));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, key)) {
            return lock.isValid() ? work.get() : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failures.of("write", key, e);
        }
    }

    private FileLock lock(FileChannel channel, String key) throws IOException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < LONGEST.toNanos()) {
            FileLock lock = tryLock(channel, key);
            if (lock != null) {
                return lock;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MigratorException(Failure.STOPPED, "interrupted while waiting for the lock of " + key, e);
            }
        }
        throw MigratorException.unable(
                Failure.UNREACHABLE,
                "write",
                paths.root() + "/" + key,
                "another process has kept its lock for " + LONGEST.toSeconds() + " s",
                "Look whether that process hangs, then run the same command again.");
    }

    private @Nullable FileLock tryLock(FileChannel channel, String key) {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
            return null;
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "lock",
                    paths.root() + "/" + key,
                    "this file system has no locks: " + e.getMessage(),
                    "Mount it with locks where several machines write to it.",
                    e);
        }
    }
}
