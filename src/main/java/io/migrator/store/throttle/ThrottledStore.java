package io.migrator.store.throttle;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.BucketSettings;
import io.migrator.store.ContentMd5;
import io.migrator.store.DatedObject;
import io.migrator.store.Hold;
import io.migrator.store.Md5Use;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.UnfinishedUpload;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A store that is asked no more often than a pace allows. What takes several requests, such as a listing or a large
 * object, counts as many as it takes on S3; requests repeated after a fault, which wait anyway, do not count.
 */
public final class ThrottledStore implements ObjectStore {
    private static final int KEYS_A_REQUEST = 1000;
    private static final long WRITTEN_A_REQUEST = 5L << 20;
    private static final long COPIED_A_REQUEST = 64L << 20;

    private final ObjectStore store;
    private final Pace requests;

    public ThrottledStore(ObjectStore store, Pace requests) {
        this.store = store;
        this.requests = requests;
    }

    private ObjectStore after(long tokens) {
        if (!requests.await(tokens, () -> false)) {
            throw MigratorException.unable(
                    Failure.STOPPED, "use", config().display(), "interrupted", "Run the same command again to go on.");
        }
        return store;
    }

    @Override
    public StorageConfig config() {
        return store.config();
    }

    @Override
    public void requireReachable() {
        after(1).requireReachable();
    }

    @Override
    public Stream<StoredObject> list(String prefix) {
        return paced(after(1).list(prefix));
    }

    @Override
    public Stream<DatedObject> listDated(String prefix) {
        return paced(after(1).listDated(prefix));
    }

    private <T> Stream<T> paced(Stream<T> objects) {
        AtomicLong listed = new AtomicLong();
        return objects.peek(object -> {
            if (listed.incrementAndGet() % KEYS_A_REQUEST == 0) {
                after(1);
            }
        });
    }

    @Override
    public List<String> listDirectories(String prefix) {
        return after(1).listDirectories(prefix);
    }

    @Override
    public Optional<StoredObject> find(String key) {
        return after(1).find(key);
    }

    @Override
    public byte[] read(String key, int maxBytes) {
        return after(1).read(key, maxBytes);
    }

    @Override
    public ObjectContent open(String key) {
        return after(1).open(key);
    }

    @Override
    public StoredObject write(String key, byte[] content) {
        return after(1).write(key, content);
    }

    @Override
    public StoredObject write(String key, InputStream content, long size) {
        return after(1).write(key, new PacedStream(content, requests, WRITTEN_A_REQUEST, size, () -> false), size);
    }

    @Override
    public StoredObject write(String key, InputStream content, long size, ContentMd5 md5) {
        return after(1).write(key, new PacedStream(content, requests, WRITTEN_A_REQUEST, size, () -> false), size, md5);
    }

    @Override
    public Md5Use md5Use(long size) {
        return store.md5Use(size);
    }

    @Override
    public boolean writeIfAbsent(String key, byte[] content) {
        return after(1).writeIfAbsent(key, content);
    }

    @Override
    public Optional<StoredObject> writeIfMatch(String key, byte[] content, String etag) {
        return after(1).writeIfMatch(key, content, etag);
    }

    @Override
    public CompletableFuture<StoredObject> copyFrom(StorageConfig sourceBucket, StoredObject source, String targetKey) {
        return after(1 + source.size() / COPIED_A_REQUEST).copyFrom(sourceBucket, source, targetKey);
    }

    @Override
    public void delete(Collection<String> keys) {
        after(1 + keys.size() / KEYS_A_REQUEST).delete(keys);
    }

    @Override
    public long refusals() {
        return store.refusals();
    }

    @Override
    public Stream<UnfinishedUpload> unfinishedUploads(String prefix) {
        return after(1).unfinishedUploads(prefix);
    }

    @Override
    public Optional<BucketSettings> settings() {
        return after(1).settings();
    }

    @Override
    public Optional<Hold> hold(String key) {
        return after(1).hold(key);
    }

    @Override
    public void close() {
        store.close();
    }
}
