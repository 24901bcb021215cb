package io.migrator.store.azure;

import com.azure.storage.blob.models.BlobProperties;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Expected;
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
import io.migrator.store.driver.BlockStream;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.CopyThreads;
import io.migrator.store.driver.Deadlines;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** A container of Azure Blob Storage. */
final class AzureStore implements ObjectStore {
    private static final int DELETES_AT_ONCE = 16;

    private final StorageConfig config;
    private final AzureContainer container;
    private final AzureCalls calls;
    private final AzureListing listing;
    private final AzureListing firstContact;
    private final AzureUpload upload;
    private final AzureCopy copy;
    private final Executor deletes = CopyThreads.named("azure-delete", DELETES_AT_ONCE);

    /** @param copiedAtOnce bytes; what is larger is copied in blocks of that size */
    AzureStore(StorageConfig config, Deadlines deadlines, Retry patient, Retry brief, long copiedAtOnce) {
        this.config = config;
        this.container = new AzureContainer(config, deadlines);
        AzureFailures failures = new AzureFailures(config);
        this.calls = new AzureCalls(failures, patient);
        this.listing = new AzureListing(container, calls);
        this.firstContact = new AzureListing(container, new AzureCalls(failures, brief));
        this.upload = new AzureUpload(container, calls, config.bucketName());
        this.copy = new AzureCopy(container, calls, deadlines, copiedAtOnce);
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
        return properties(key).map(found -> AzureTag.object(key, found));
    }

    private Optional<BlobProperties> properties(String key) {
        return Expected.unless(
                Failure.NOT_FOUND,
                () -> calls.call(Verb.LOOK_UP, key, () -> container.blob(key).getProperties()));
    }

    @Override
    public byte[] read(String key, int maxBytes) {
        try (InputStream content = open(key)) {
            return Content.read(content, config.bucketName() + "/" + key, maxBytes);
        } catch (IOException e) {
            throw new UncheckedIOException("blocks are read by calls that throw none", e);
        }
    }

    @Override
    public ObjectContent open(String key) {
        AzureBlocks blocks = new AzureBlocks(container, calls, key);
        BlockStream content = new BlockStream(blocks);
        return new ObjectContent(blocks.object(), content);
    }

    @Override
    public StoredObject write(String key, byte[] content) {
        return upload.write(key, content);
    }

    @Override
    public StoredObject write(String key, InputStream content, long size) {
        return upload.write(key, content, size, null);
    }

    @Override
    public StoredObject write(String key, InputStream content, long size, ContentMd5 md5) {
        return upload.write(key, content, size, md5);
    }

    @Override
    public Md5Use md5Use(long size) {
        return AzureUpload.inOneRequest(size) ? Md5Use.COMPARED : Md5Use.KEPT;
    }

    @Override
    public boolean writeIfAbsent(String key, byte[] content) {
        return Expected.happens(Failure.CONFLICT, () -> upload.writeIfAbsent(key, content));
    }

    @Override
    public Optional<StoredObject> writeIfMatch(String key, byte[] content, String etag) {
        BlobProperties found = properties(key).orElse(null);
        if (found == null || !AzureTag.object(key, found).etag().equals(etag)) {
            return Optional.empty();
        }
        return Expected.unless(
                Set.of(Failure.CONFLICT, Failure.NOT_FOUND), () -> upload.replace(key, content, found.getETag()));
    }

    @Override
    public CompletableFuture<StoredObject> copyFrom(StorageConfig sourceBucket, StoredObject source, String targetKey) {
        return copy.copy(sourceBucket, source, targetKey);
    }

    @Override
    public void delete(Collection<String> keys) {
        CopyThreads.forEach(deletes, keys, this::delete);
    }

    private void delete(String key) {
        try {
            calls.call(Verb.DELETE, key, () -> container.blob(key).deleteIfExists());
        } catch (MigratorException e) {
            if (e.failure() != Failure.NOT_FOUND) {
                throw e;
            }
            // Whether the container or only the blob is missing shows at the next listing.
        }
    }

    @Override
    public long refusals() {
        return calls.refusals();
    }

    @Override
    public Stream<UnfinishedUpload> unfinishedUploads(String prefix) {
        return listing.unfinished(prefix);
    }

    @Override
    public Optional<BucketSettings> settings() {
        try {
            return Optional.of(AzureSettings.of(
                    calls.once(Verb.LOOK_UP, "", () -> container.client().getProperties())));
        } catch (MigratorException e) {
            return Optional.of(BucketSettings.NOT_TOLD);
        }
    }

    @Override
    public Optional<Hold> hold(String key) {
        return properties(key).flatMap(found -> AzureSettings.hold(found, Instant.now())
                .or(() -> settings().map(BucketSettings::lock).flatMap(AzureSettings::hold)));
    }

    @Override
    public void close() {}
}
