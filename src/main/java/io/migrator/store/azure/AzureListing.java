package io.migrator.store.azure;

import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.DatedObject;
import io.migrator.store.StoredObject;
import io.migrator.store.UnfinishedUpload;
import io.migrator.store.driver.Pages;
import io.migrator.store.driver.Verb;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies under a prefix, one page of at most 5,000 entries after the other, fetched when it is wanted. */
final class AzureListing {
    private static final int PAGE = 5000;
    /** Accounts with a hierarchical namespace list their directories too, marked so. */
    private static final String IS_FOLDER = "hdi_isfolder";

    private final AzureContainer container;
    private final AzureCalls calls;

    AzureListing(AzureContainer container, AzureCalls calls) {
        this.container = container;
        this.calls = calls;
    }

    Stream<StoredObject> objects(String prefix) {
        return items(prefix, false, false).filter(item -> !isFolder(item)).map(AzureListing::object);
    }

    Stream<DatedObject> dated(String prefix) {
        return items(prefix, false, false)
                .filter(item -> !isFolder(item))
                .map(item -> new DatedObject(
                        object(item), item.getProperties().getLastModified().toInstant()));
    }

    Stream<String> directories(String prefix) {
        return items(prefix, true, false)
                .filter(item -> Boolean.TRUE.equals(item.isPrefix()))
                .map(item ->
                        item.getName().substring(prefix.length(), item.getName().length() - 1));
    }

    /**
     * Blobs of which blocks were sent and nothing else. They are listed as empty; a request each tells them from blobs that
     * are. Blocks that were sent for a blob that exists are not found.
     */
    Stream<UnfinishedUpload> unfinished(String prefix) {
        return items(prefix, false, true)
                .filter(item -> item.getProperties().getContentLength() == 0 && neverCommitted(item.getName()))
                .map(item -> {
                    BlobItemProperties properties = item.getProperties();
                    OffsetDateTime begun =
                            Optional.ofNullable(properties.getCreationTime()).orElse(properties.getLastModified());
                    return new UnfinishedUpload(item.getName(), "", begun.toInstant());
                });
    }

    private boolean neverCommitted(String key) {
        try {
            BlockList blocks =
                    calls.call(Verb.LOOK_UP, key, () -> container.blob(key).listBlocks(BlockListType.ALL));
            return blocks.getCommittedBlocks().isEmpty()
                    && !blocks.getUncommittedBlocks().isEmpty();
        } catch (MigratorException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** One request for at most one blob: whether the container is there and may be listed below the folder. */
    void probe(String folder) {
        page(folder, false, false, null, 1);
    }

    private static boolean isFolder(BlobItem item) {
        Map<String, String> metadata = item.getMetadata();
        return metadata != null && "true".equalsIgnoreCase(metadata.get(IS_FOLDER));
    }

    private static StoredObject object(BlobItem item) {
        BlobItemProperties properties = item.getProperties();
        return AzureTag.object(
                item.getName(), properties.getContentLength(), properties.getContentMd5(), properties.getETag());
    }

    private Stream<BlobItem> items(String prefix, boolean directories, boolean uncommitted) {
        return Pages.of(
                        container.thing(prefix),
                        token -> page(prefix, directories, uncommitted, token, PAGE),
                        AzureListing::place)
                .flatMap(page -> page.getValue().stream())
                .peek(item -> Pages.under(prefix, container.thing(""), item.getName()));
    }

    private static Pages.Place place(PagedResponse<BlobItem> page) {
        List<BlobItem> items = page.getValue();
        String token = token(page);
        return new Pages.Place(
                token != null,
                token,
                items.isEmpty() ? null : items.get(items.size() - 1).getName());
    }

    private static @Nullable String token(PagedResponse<BlobItem> page) {
        String token = page.getContinuationToken();
        return token == null || token.isEmpty() ? null : token;
    }

    private PagedResponse<BlobItem> page(
            String prefix, boolean directories, boolean uncommitted, @Nullable String token, int items) {
        ListBlobsOptions options = new ListBlobsOptions()
                .setPrefix(prefix)
                .setMaxResultsPerPage(items)
                .setDetails(new BlobListDetails().setRetrieveMetadata(true).setRetrieveUncommittedBlobs(uncommitted));
        return calls.call(Verb.LIST, prefix, () -> {
            PagedIterable<BlobItem> all = directories
                    ? container.client().listBlobsByHierarchy("/", options, null)
                    : container.client().listBlobs(options, null);
            return (token == null ? all.iterableByPage() : all.iterableByPage(token))
                    .iterator()
                    .next();
        });
    }
}
