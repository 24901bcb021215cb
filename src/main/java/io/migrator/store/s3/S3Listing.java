package io.migrator.store.s3;

import io.migrator.failure.MigratorException;
import io.migrator.format.layout.KeyOrder;
import io.migrator.store.DatedObject;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Pages;
import io.minio.ListObjectsV2Args;
import io.minio.ListObjectsV2Response;
import io.minio.messages.Item;
import io.minio.messages.ListBucketResultV2;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies under a prefix, one page of at most 1,000 entries after the other, fetched when it is wanted. */
final class S3Listing {
    private static final int PAGE = 1000;

    private final S3Client client;
    private final S3Calls calls;
    private final String bucket;

    S3Listing(S3Client client, S3Calls calls, String bucket) {
        this.client = client;
        this.calls = calls;
        this.bucket = bucket;
    }

    Stream<StoredObject> objects(String prefix) {
        return pages(prefix, "").flatMap(page -> page.contents().stream().map(item -> object(prefix, page, item)));
    }

    Stream<DatedObject> dated(String prefix) {
        return pages(prefix, "").flatMap(page -> page.contents().stream()
                .map(item -> new DatedObject(
                        object(prefix, page, item), item.lastModified().toInstant())));
    }

    private StoredObject object(String prefix, ListBucketResultV2 page, Item item) {
        return new StoredObject(Pages.under(prefix, bucket, key(page, item)), item.size(), unquoted(item.etag()));
    }

    /** The parts of keys between the prefix and the next slash. */
    Stream<String> directories(String prefix) {
        return pages(prefix, "/")
                .flatMap(page -> page.commonPrefixes().stream().map(found -> key(page, found.toItem())))
                .map(name -> Pages.under(prefix, bucket, name))
                .map(name -> name.substring(prefix.length(), name.length() - 1));
    }

    private static String key(ListBucketResultV2 page, Item item) {
        // The client leaves it to its own lister to say how the answer was encoded.
        item.setEncodingType(page.encodingType());
        return item.objectName();
    }

    /** One request for at most one key: whether the bucket is there and may be listed below the folder. */
    void probe(String folder) {
        page(folder, "", null, 1);
    }

    /** Whether the listing tells that there is no such object; false where it tells nothing. */
    boolean lacks(String key) {
        try {
            ListBucketResultV2 page = page(key, "", null, 1);
            return page.contents().stream().noneMatch(item -> key(page, item).equals(key));
        } catch (MigratorException e) {
            // What is to be told is the fault before this question.
            return false;
        }
    }

    static String unquoted(@Nullable String etag) {
        return Optional.ofNullable(etag).orElse("").replace("\"", "");
    }

    private Stream<ListBucketResultV2> pages(String prefix, String delimiter) {
        return Pages.of(bucket + "/" + prefix, token -> page(prefix, delimiter, token, PAGE), S3Listing::place);
    }

    private static Pages.Place place(ListBucketResultV2 page) {
        return new Pages.Place(
                page.isTruncated(),
                page.nextContinuationToken(),
                Stream.concat(last(page.contents()), last(page.commonPrefixes()).map(found -> found.toItem()))
                        .map(item -> key(page, item))
                        .max(KeyOrder.UTF8)
                        .orElse(null));
    }

    /** As all are in order, the others need not be decoded for it. */
    private static <T> Stream<T> last(List<T> all) {
        return all.isEmpty() ? Stream.empty() : Stream.of(all.get(all.size() - 1));
    }

    private ListBucketResultV2 page(String prefix, String delimiter, @Nullable String token, int keys) {
        ListObjectsV2Response response = calls.await(
                Operation.list(bucket, prefix),
                () -> client.listObjectsV2(ListObjectsV2Args.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .delimiter(delimiter)
                        .encodingType("url")
                        .maxKeys(keys)
                        .continuationToken(token)
                        .build()));
        return Objects.requireNonNull(response.result());
    }
}
