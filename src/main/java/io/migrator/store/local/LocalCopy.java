package io.migrator.store.local;

import io.migrator.config.StorageConfig.Side;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.CopyThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Copies files and computes their MD5 on the way, which a folder keeps for nobody. Not by hard links, though Milvus never rewrites a binlog: a backup that shares its
 * blocks with the original is lost with it when those are damaged, and a link cannot lie on another disk.
 */
final class LocalCopy {
    /** Enough to keep a disk busy while others wait for it to confirm what was written. */
    private static final int THREADS = 16;

    private static final int BUFFER = 256 << 10;

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
        String thing = from.root() + "/" + source.key();
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            StoredObject before = LocalWrites.object(source.key(), file);
            Content.requireSame(thing, source, before);
            FileTime time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
            ContentDigest digest = new ContentDigest(Set.of(Checksum.MD5));
            StoredObject written =
                    writes.replace("write", targetKey, time, target -> transfer(content, target, digest));
            // A file written to meanwhile shows only now; the plan is made anew then, and this copy removed.
            Content.requireSame(thing, before, LocalWrites.object(source.key(), file));
            Content.requireSame(thing, before, new StoredObject(source.key(), written.size(), before.etag()));
            return written.withChecksum(digest.checksum(Checksum.MD5));
        } catch (IOException e) {
            throw new LocalFailures(from.root(), EITHER_ROOT_PATH).of("copy", source.key(), e);
        }
    }

    private static void transfer(FileChannel content, FileChannel target, ContentDigest digest) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (content.read(buffer) >= 0) {
            buffer.flip();
            digest.update(buffer.array(), 0, buffer.limit());
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
            buffer.clear();
        }
    }
}
