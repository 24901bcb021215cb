package io.migrator.store.gcs;

import com.google.api.services.storage.model.Bucket;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.StorageException;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Expected;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.BucketSettings;
import io.migrator.store.DatedObject;
import io.migrator.store.Hold;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.BlockStream;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.CopyThreads;
import io.migrator.store.driver.Folder;
import io.migrator.store.driver.Retry;
import io.migrator.store.driver.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A bucket of Google Cloud Storage. */
final class GcsStore implements ObjectStore {
    private static final int DELETES_AT_ONCE = 16;
    private static final int MOST_REPLACED = 20;

    private final StorageConfig config;
    private final String bucket;
    private final GcsClient client;
    private final GcsCalls calls;
    private final GcsListing listing;
    private final GcsListing firstContact;
    private final GcsUpload upload;
    private final GcsCopy copy;
    private final Executor deletes = CopyThreads.named("gcs-delete", DELETES_AT_ONCE);

    GcsStore(StorageConfig config, GcsClient client, Retry patient, Retry brief) {
        this.config = config;
        this.bucket = config.bucketName();
        this.client = client;
        GcsFailures failures = new GcsFailures(config);
        this.calls = new GcsCalls(failures, patient);
        this.listing = new GcsListing(client.requests(), calls, bucket);
        this.firstContact = new GcsListing(client.requests(), new GcsCalls(failures, brief), bucket);
        this.upload = new GcsUpload(client, calls, bucket);
        this.copy = new GcsCopy(client.requests(), calls, bucket);
    }

    @Override
    public StorageConfig config() {
        return config;
    }

    @Override
    public void requireReachable() {
        firstContact.probe(Folder.of(config.rootPath()));
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
        return Optional.ofNullable(blob(key)).map(GcsTag::object);
    }

    /** The client itself makes nothing of a missing object, and of a missing bucket. */
    private @Nullable Blob blob(String key) {
        return calls.call(Verb.LOOK_UP, key, () -> client.requests().get(bucket, key));
    }

    @Override
    public byte[] read(String key, int maxBytes) {
        try (InputStream content = open(key)) {
            return Content.read(content, bucket + "/" + key, maxBytes);
        } catch (IOException e) {
            throw new UncheckedIOException("blocks are read by calls that throw none", e);
        }
    }

    /** A generation is gone when the object is replaced, also between the look at it and its first byte. */
    @Override
    public ObjectContent open(String key) {
        for (int replaced = 0; ; replaced++) {
            Blob blob = blob(key);
            if (blob == null) {
                throw calls.translate(Verb.READ, key, new StorageException(404, "no object " + key));
            }
            BlobId generation = BlobId.of(bucket, key, blob.getGeneration());
            try {
                return new ObjectContent(
                        GcsTag.object(blob),
                        new BlockStream(new GcsBlocks(client.requests(), calls, generation, blob.getSize())));
            } catch (MigratorException e) {
                if (e.failure() != Failure.NOT_FOUND || replaced == MOST_REPLACED) {
                    throw e;
                }
            }
        }
    }

    @Override
    public StoredObject write(String key, byte[] content) {
        return upload.write(key, content);
    }

    @Override
    public StoredObject write(String key, InputStream content, long size) {
        return upload.write(key, content, size);
    }

    @Override
    public boolean writeIfAbsent(String key, byte[] content) {
        return Expected.happens(Failure.CONFLICT, () -> upload.writeIfAbsent(key, content));
    }

    @Override
    public Optional<StoredObject> writeIfMatch(String key, byte[] content, String etag) {
        Blob found = blob(key);
        if (found == null || !GcsTag.object(found).etag().equals(etag)) {
            return Optional.empty();
        }
        return Expected.unless(Failure.CONFLICT, () -> upload.replace(key, content, found.getGeneration()));
    }

    @Override
    public CompletableFuture<StoredObject> copyFrom(StorageConfig sourceBucket, StoredObject source, String targetKey) {
        return copy.copy(sourceBucket.bucketName(), source, targetKey);
    }

    @Override
    public void delete(Collection<String> keys) {
        CopyThreads.forEach(deletes, keys, this::delete);
    }

    private void delete(String key) {
        calls.call(Verb.DELETE, key, () -> client.requests().delete(bucket, key));
    }

    @Override
    public long refusals() {
        return calls.refusals();
    }

    @Override
    public Optional<BucketSettings> settings() {
        try {
            Optional<Bucket> told = calls.once(Verb.LOOK_UP, "", () -> Optional.ofNullable(client.describe(bucket)));
            return Optional.of(told.map(GcsSettings::of).orElse(BucketSettings.NOT_TOLD));
        } catch (MigratorException e) {
            return Optional.of(BucketSettings.NOT_TOLD);
        }
    }

    @Override
    public Optional<Hold> hold(String key) {
        return GcsSettings.hold(blob(key), Instant.now());
    }

    @Override
    public void close() {}
}
