package io.migrator.store.azure;

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
import io.migrator.store.Content;
import io.migrator.store.CopyThreads;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Lets the server fetch blobs by a URL that the source's own credentials signed, so that another account can be the
 * source. The source is looked up before: its version then is the only one that is copied.
 */
final class AzureCopy {
    /** Copy Blob From URL takes no more; the rest goes in blocks of this size. */
    private static final long SINGLE_REQUEST_MAX = 256L << 20;

    private static final int THREADS = 64;

    private final AzureContainer target;
    private final AzureCalls calls;
    private final Map<StorageConfig, AzureContainer> sources = new ConcurrentHashMap<>();
    private final Executor threads = CopyThreads.named("azure-copy", THREADS);

    AzureCopy(AzureContainer target, AzureCalls calls) {
        this.target = target;
        this.calls = calls;
    }

    CompletableFuture<StoredObject> copy(StorageConfig sourceBucket, StoredObject source, String targetKey) {
        AzureContainer from = sources.computeIfAbsent(sourceBucket, AzureContainer::new);
        AzureCalls sourceCalls = calls.of(sourceBucket);
        return CompletableFuture.supplyAsync(() -> copyNow(from, sourceCalls, source, targetKey), threads);
    }

    private StoredObject copyNow(AzureContainer from, AzureCalls sourceCalls, StoredObject source, String targetKey) {
        BlobProperties properties = sourceCalls.call(
                "copy", source.key(), () -> from.blob(source.key()).getProperties());
        Content.requireSame(
                from.thing(source.key()),
                source,
                AzureTag.object(
                        source.key(), properties.getBlobSize(), properties.getContentMd5(), properties.getETag()));
        String url = from.readableUrl(source.key());
        if (source.size() <= SINGLE_REQUEST_MAX) {
            copyWhole(from, url, properties.getETag(), source.key(), targetKey);
        } else {
            copyInBlocks(from, url, properties, source.key(), targetKey);
        }
        BlobProperties written =
                calls.call("look up", targetKey, () -> target.blob(targetKey).getProperties());
        return AzureTag.object(targetKey, written.getBlobSize(), written.getContentMd5(), written.getETag());
    }

    private void copyWhole(AzureContainer from, String url, String etag, String sourceKey, String targetKey) {
        BlobCopyFromUrlOptions options = new BlobCopyFromUrlOptions(url)
                .setSourceAuthorization(from.readAuthorization())
                .setSourceRequestConditions(new RequestConditions().setIfMatch(etag));
        calls.call("copy", sourceKey, () -> target.patientBlob(targetKey)
                .copyFromUrlWithResponse(options, null, null)
                .getValue());
    }

    private void copyInBlocks(
            AzureContainer from, String url, BlobProperties source, String sourceKey, String targetKey) {
        BlockBlobClient blob = target.patientBlob(targetKey);
        List<String> blocks = new ArrayList<>();
        for (long offset = 0; offset < source.getBlobSize(); offset += SINGLE_REQUEST_MAX) {
            String id = BlockId.of(blocks.size());
            BlobRange range = new BlobRange(offset, Math.min(SINGLE_REQUEST_MAX, source.getBlobSize() - offset));
            BlockBlobStageBlockFromUrlOptions options = new BlockBlobStageBlockFromUrlOptions(id, url)
                    .setSourceRange(range)
                    .setSourceAuthorization(from.readAuthorization())
                    .setSourceRequestConditions(new BlobRequestConditions().setIfMatch(source.getETag()));
            calls.call("copy", sourceKey, () -> blob.stageBlockFromUrlWithResponse(options, null, null));
            blocks.add(id);
        }
        BlobHttpHeaders headers =
                new BlobHttpHeaders().setContentMd5(source.getContentMd5()).setContentType(source.getContentType());
        calls.call(
                "copy",
                sourceKey,
                () -> blob.commitBlockListWithResponse(
                        new BlockBlobCommitBlockListOptions(blocks).setHeaders(headers), null, null));
    }
}
