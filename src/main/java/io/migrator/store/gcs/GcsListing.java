package io.migrator.store.gcs;

import com.google.api.gax.paging.Page;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import io.migrator.format.layout.KeyOrder;
import io.migrator.store.DatedObject;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Pages;
import io.migrator.store.driver.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What lies under a prefix, one page of at most 1,000 entries after the other, fetched when it is wanted. */
final class GcsListing {
    private static final int PAGE = 1000;

    private final Storage storage;
    private final GcsCalls calls;
    private final String bucket;

    GcsListing(Storage storage, GcsCalls calls, String bucket) {
        this.storage = storage;
        this.calls = calls;
        this.bucket = bucket;
    }

    Stream<StoredObject> objects(String prefix) {
        return blobs(prefix, false).map(GcsTag::object);
    }

    Stream<DatedObject> dated(String prefix) {
        return blobs(prefix, false)
                .map(blob -> new DatedObject(
                        GcsTag.object(blob), blob.getUpdateTimeOffsetDateTime().toInstant()));
    }

    Stream<String> directories(String prefix) {
        return blobs(prefix, true).filter(Blob::isDirectory).map(blob -> blob.getName()
                .substring(prefix.length(), blob.getName().length() - 1));
    }

    /** One request for at most one object: whether the bucket is there and may be listed below the folder. */
    void probe(String folder) {
        page(folder, false, "", 1);
    }

    private Stream<Blob> blobs(String prefix, boolean directories) {
        return Pages.of(
                        bucket + "/" + prefix,
                        token -> page(prefix, directories, token == null ? "" : token, PAGE),
                        GcsListing::place)
                .flatMap(GcsListing::blobs)
                .peek(blob -> Pages.under(prefix, bucket, blob.getName()));
    }

    private static Stream<Blob> blobs(Page<Blob> page) {
        return StreamSupport.stream(page.getValues().spliterator(), false);
    }

    private static Pages.Place place(Page<Blob> page) {
        String token = page.getNextPageToken();
        return new Pages.Place(
                token != null && !token.isEmpty(),
                token,
                blobs(page).map(Blob::getName).max(KeyOrder.UTF8).orElse(null));
    }

    private Page<Blob> page(String prefix, boolean directories, String token, int entries) {
        List<BlobListOption> options = new ArrayList<>(List.of(
                BlobListOption.prefix(prefix),
                BlobListOption.pageSize(entries),
                BlobListOption.fields(
                        BlobField.NAME,
                        BlobField.SIZE,
                        BlobField.MD5HASH,
                        BlobField.CRC32C,
                        BlobField.GENERATION,
                        BlobField.UPDATED)));
        if (directories) {
            options.add(BlobListOption.currentDirectory());
        }
        if (!token.isEmpty()) {
            options.add(BlobListOption.pageToken(token));
        }
        return calls.call(Verb.LIST, prefix, () -> storage.list(bucket, options.toArray(BlobListOption[]::new)));
    }
}
