package io.migrator.store.azure;

import com.azure.core.http.HttpAuthorization;
import com.azure.core.http.RequestConditions;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlobCopyFromUrlOptions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockFromUrlOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.CopyThreads;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Lets the server fetch blobs by a URL that the source's own credentials signed, so that another account can be the
 * source. The source is looked up before: its version then is the only one that is copied.
 */
final class AzureCopy {
    /** Copy Blob From URL takes no more; the rest goes in blocks of this size. */
    static final long SINGLE_REQUEST_MAX = 256L << 20;

    private static final int THREADS = 64;

    private final AzureContainer target;
    private final AzureCalls calls;
    private final Deadlines deadlines;
    private final long most;
    private final Map<StorageConfig, AzureContainer> sources = new ConcurrentHashMap<>();
    private final Executor threads = CopyThreads.named("azure-copy", THREADS);

    /** @param most bytes of one request */
    AzureCopy(AzureContainer target, AzureCalls calls, Deadlines deadlines, long most) {
        this.target = target;
        this.calls = calls;
        this.deadlines = deadlines;
        this.most = most;
    }

    /** A blob to be copied, by the credentials of its own side. */
    private record Source(AzureContainer container, AzureCalls calls, String key) {
        BlobProperties properties() {
            return calls.call(Verb.COPY, key, () -> container.blob(key).getProperties());
        }

        String url() {
            return container.readableUrl(key);
        }

        /** Asked for anew by each request: a token may have to be renewed, and who hands it out may fail for a moment. */
        @Nullable
        HttpAuthorization authorization() {
            return calls.call(Verb.COPY, key, container::readAuthorization).orElse(null);
        }
    }

    CompletableFuture<StoredObject> copy(StorageConfig sourceBucket, StoredObject source, String targetKey) {
        requireTrusted(sourceBucket);
        AzureContainer container =
                sources.computeIfAbsent(sourceBucket, config -> new AzureContainer(config, deadlines));
        Source from = new Source(container, calls.of(sourceBucket), source.key());
        return CompletableFuture.supplyAsync(() -> copyNow(from, source, targetKey), threads);
    }

    private void requireTrusted(StorageConfig source) {
        StorageConfig own = target.config();
        if (!isTrusted(source, own)) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "copy inside the server to",
                    own.display(),
                    "it would have to be told the credentials of '%s'".formatted(source.address()),
                    "Set transfer=stream, or give the source an account key.");
        }
    }

    /**
     * A signature made for the one object may be told to any server. The source's whole shared access signature or token goes
     * only to a server of the cloud it is of, by TLS, or to emulators of this machine: else the bytes are streamed.
     */
    static boolean isTrusted(StorageConfig source, StorageConfig own) {
        boolean ofOneObject = !source.useIam() && source.token().isEmpty();
        boolean oneCloud = source.address().equalsIgnoreCase(own.address())
                && !source.emulator()
                && source.encrypted()
                && own.encrypted();
        boolean emulators = source.onLoopback() && own.onLoopback();
        return ofOneObject || oneCloud || emulators;
    }

    private StoredObject copyNow(Source from, StoredObject listed, String targetKey) {
        BlobProperties found = from.properties();
        Content.requireSame(from.container().thing(from.key()), listed, AzureTag.object(from.key(), found));
        if (listed.size() <= most) {
            copyWhole(from, found.getETag(), targetKey);
        } else {
            copyInBlocks(from, found, targetKey);
        }
        BlobProperties written =
                calls.call(Verb.LOOK_UP, targetKey, () -> target.blob(targetKey).getProperties());
        return AzureTag.object(targetKey, written);
    }

    private void copyWhole(Source from, String etag, String targetKey) {
        BlobCopyFromUrlOptions options = new BlobCopyFromUrlOptions(from.url())
                .setSourceAuthorization(from.authorization())
                .setSourceRequestConditions(new RequestConditions().setIfMatch(etag));
        calls.call(Verb.COPY, from.key(), () -> target.patientBlob(targetKey)
                .copyFromUrlWithResponse(options, null, null)
                .getValue());
    }

    private void copyInBlocks(Source from, BlobProperties found, String targetKey) {
        BlockBlobClient blob = target.patientBlob(targetKey);
        String url = from.url();
        List<String> blocks = new ArrayList<>();
        for (long offset = 0; offset < found.getBlobSize(); offset += most) {
            String id = BlockId.of(blocks.size());
            BlobRange range = new BlobRange(offset, Math.min(most, found.getBlobSize() - offset));
            BlockBlobStageBlockFromUrlOptions options = new BlockBlobStageBlockFromUrlOptions(id, url)
                    .setSourceRange(range)
                    .setSourceAuthorization(from.authorization())
                    .setSourceRequestConditions(new BlobRequestConditions().setIfMatch(found.getETag()));
            calls.call(Verb.COPY, from.key(), () -> blob.stageBlockFromUrlWithResponse(options, null, null));
            blocks.add(id);
        }
        BlobHttpHeaders headers =
                new BlobHttpHeaders().setContentMd5(found.getContentMd5()).setContentType(found.getContentType());
        calls.call(
                Verb.COPY,
                from.key(),
                () -> blob.commitBlockListWithResponse(
                        new BlockBlobCommitBlockListOptions(blocks).setHeaders(headers), null, null));
    }
}
