package io.migrator.store.local;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.CopyThreads;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Copies files inside the kernel. Not by hard links, though Milvus never rewrites a binlog: a backup that shares its
 * blocks with the original is lost with it when those are damaged, and a link cannot lie on another disk.
 */
final class LocalCopy {
    /** Enough to keep a disk busy while others wait for it to confirm what was written. */
    private static final int THREADS = 16;

    private static final String EITHER_ROOT_PATH = Side.MILVUS.rootPathKey() + " or " + Side.VAULT.rootPathKey();

    private final LocalWrites writes;
    private final Executor threads;

    LocalCopy(LocalWrites writes) {
        this.writes = writes;
        this.threads = CopyThreads.named("local-copy", THREADS);
    }

    CompletableFuture<StoredObject> copy(LocalPaths from, StoredObject source, String targetKey) {
        return CompletableFuture.supplyAsync(() -> copyNow(from, source, targetKey), threads);
    }

    private StoredObject copyNow(LocalPaths from, StoredObject source, String targetKey) {
        Path file = from.file("copy", source.key());
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            StoredObject before = LocalWrites.object(source.key(), file);
            requireSame(from, source, before);
            FileTime time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
            StoredObject written = writes.replace("write", targetKey, time, target -> transfer(content, target));
            // A file written to meanwhile shows only now; the plan is made anew then, and this copy removed.
            requireSame(from, before, LocalWrites.object(source.key(), file));
            requireSame(from, before, new StoredObject(source.key(), written.size(), before.etag()));
            return written;
        } catch (IOException e) {
            throw new LocalFailures(from.root(), EITHER_ROOT_PATH).of("copy", source.key(), e);
        }
    }

    private static void transfer(FileChannel content, FileChannel target) throws IOException {
        long size = content.size();
        long position = 0;
        while (position < size) {
            long moved = content.transferTo(position, size - position, target);
            if (moved == 0) {
                return;
            }
            position += moved;
        }
    }

    private static void requireSame(LocalPaths from, StoredObject expected, StoredObject found) {
        boolean sameTag = expected.etag().isEmpty() || expected.etag().equals(found.etag());
        if (expected.size() != found.size() || !sameTag) {
            throw MigratorException.unable(
                    Failure.SOURCE_CHANGED,
                    "copy",
                    from.root() + "/" + expected.key(),
                    "the file was changed since it was listed",
                    "Run the same command again.");
        }
    }
}
