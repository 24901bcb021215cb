package io.migrator.store.s3;

import io.migrator.failure.MigratorException;
import io.migrator.store.DatedObject;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Pages;
import io.migrator.store.s3.xml.ListingPage;
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
        return entries(prefix).map(entry -> object(prefix, entry));
    }

    Stream<DatedObject> dated(String prefix) {
        return entries(prefix).map(entry -> new DatedObject(object(prefix, entry), entry.modified()));
    }

    private StoredObject object(String prefix, ListingPage.Entry entry) {
        return new StoredObject(Pages.under(prefix, bucket, entry.key()), entry.size(), unquoted(entry.etag()));
    }

    private Stream<ListingPage.Entry> entries(String prefix) {
        return pages(prefix, "").flatMap(page -> page.objects().stream());
    }

    /** The parts of keys between the prefix and the next slash. */
    Stream<String> directories(String prefix) {
        return pages(prefix, "/")
                .flatMap(page -> page.folders().stream())
                .map(name -> Pages.under(prefix, bucket, name))
                .map(name -> name.substring(prefix.length(), name.length() - 1));
    }

    /** One request for at most one key: whether the bucket is there and may be listed below the folder. */
    void probe(String folder) {
        page(folder, "", null, 1);
    }

    /** Whether the listing tells that there is no such object; false where it tells nothing. */
    boolean lacks(String key) {
        try {
            return page(key, "", null, 1).objects().stream()
                    .noneMatch(entry -> entry.key().equals(key));
        } catch (MigratorException e) {
            // What is to be told is the fault before this question.
            return false;
        }
    }

    static String unquoted(@Nullable String etag) {
        return Optional.ofNullable(etag).orElse("").replace("\"", "");
    }

    private Stream<ListingPage> pages(String prefix, String delimiter) {
        return Pages.of(bucket + "/" + prefix, token -> page(prefix, delimiter, token, PAGE), ListingPage::place);
    }

    private ListingPage page(String prefix, String delimiter, @Nullable String token, int keys) {
        return calls.await(Operation.list(bucket, prefix), () -> client.list(bucket, prefix, delimiter, token, keys));
    }
}
