package io.migrator.store.local;

import io.migrator.config.StorageConfig;
import io.migrator.store.DatedObject;
import io.migrator.store.Md5Use;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.UnfinishedUpload;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A folder as a bucket, each object a file below it. Nothing is repeated here: what a share loses, the kernel asks for
 * again. A name cannot be a file and a folder at once, which is a CONFLICT.
 */
final class LocalStore implements ObjectStore {
    private static final int BUFFER = 256 << 10;

    private final StorageConfig config;
    private final LocalPaths paths;
    private final LocalFailures failures;
    private final LocalListing listing;
    private final LocalWrites writes;
    private final LocalCopy copy;
    private final LocalDelete delete;
    private final LocalLock lock;

    LocalStore(StorageConfig config) {
        this.config = config;
        boolean vault = config.side() == StorageConfig.Side.VAULT;
        this.paths = new LocalPaths(Path.of(config.bucketName()), !vault);
        this.failures = new LocalFailures(paths.root(), config.side().rootPathKey());
        this.listing = new LocalListing(paths, failures);
        this.writes = new LocalWrites(paths, failures, vault);
        this.copy = new LocalCopy(writes);
        this.delete = new LocalDelete(paths, failures);
        this.lock = new LocalLock(paths, failures);
    }

    @Override
    public StorageConfig config() {
        return config;
    }

    @Override
    public void requireReachable() {
        listing.probe();
    }

    @Override
    public Stream<StoredObject> list(String prefix) {
        return listing.objects(prefix);
    }

    @Override
    public Stream<DatedObject> listDated(String prefix) {
        return listing.dated(prefix);
    }

    @Override
    public List<String> listDirectories(String prefix) {
        return listing.directories(Folder.of(prefix)).toList();
    }

    @Override
    public Optional<StoredObject> find(String key) {
        Path file = paths.file("look up", key);
        try {
            return Optional.of(LocalWrites.object(key, file));
        } catch (IOException e) {
            if (LocalFailures.saysMissing(e)) {
                return Optional.empty();
            }
            throw failures.of("look up", key, e);
        }
    }

    @Override
    public byte[] read(String key, int maxBytes) {
        try (InputStream content = open(key)) {
            return Content.read(content, paths.root() + "/" + key, maxBytes);
        } catch (IOException e) {
            throw failures.of("read", key, e);
        }
    }

    @Override
    public ObjectContent open(String key) {
        Path file = paths.file("read", key);
        try {
            StoredObject object = LocalWrites.object(key, file);
            return new ObjectContent(object, Files.newInputStream(file));
        } catch (IOException e) {
            throw failures.of("read", key, LocalFailures.saysMissing(e) ? new NoSuchFileException(key) : e);
        }
    }

    @Override
    public StoredObject write(String key, byte[] content) {
        return writes.replace("write", key, EntityTag.newTime(), file -> put(file, content, content.length));
    }

    @Override
    public StoredObject write(String key, InputStream content, long size) {
        return writes.replace("write", key, EntityTag.newTime(), file -> {
            byte[] buffer = new byte[BUFFER];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                put(file, buffer, count);
            }
            Content.requireSize(paths.root() + "/" + key, size, file.size());
        });
    }

    @Override
    public Md5Use md5Use(long size) {
        return size > Md5Use.SMALL ? Md5Use.NONE : Md5Use.KEPT;
    }

    private static void put(FileChannel file, byte[] content, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content, 0, length);
        while (rest.hasRemaining()) {
            file.write(rest);
        }
    }

    @Override
    public boolean writeIfAbsent(String key, byte[] content) {
        return find(key).isEmpty() && writes.create(key, file -> put(file, content, content.length));
    }

    @Override
    public Optional<StoredObject> writeIfMatch(String key, byte[] content, String etag) {
        return lock.holding(
                key, () -> find(key).filter(found -> found.etag().equals(etag)).map(found -> write(key, content)));
    }

    @Override
    public CompletableFuture<StoredObject> copyFrom(StorageConfig sourceBucket, StoredObject source, String targetKey) {
        return copy.copy(
                new LocalPaths(Path.of(sourceBucket.bucketName()), sourceBucket.side() != StorageConfig.Side.VAULT),
                source,
                targetKey);
    }

    @Override
    public void delete(Collection<String> keys) {
        delete.delete(keys);
    }

    /** Temporary files of other processes. */
    @Override
    public Stream<UnfinishedUpload> unfinishedUploads(String prefix) {
        return new AbandonedFiles(paths, failures).below(prefix);
    }

    @Override
    public void close() {}
}
