package io.migrator.process;

import io.migrator.config.StorageConfig;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.minio.BaseS3Client;
import io.minio.Http;
import io.minio.ListObjectVersionsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.credentials.StaticProvider;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.ListVersionsResult;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A bucket as an onlooker sees it: with the time of each object's last writing, which migrator's own store leaves out. */
public final class Bucket extends BaseS3Client {
    private static final OkHttpClient HTTP = new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .build();

    private final String name;
    private final StorageConfig place;
    /** Opened when something is read or written: those who only look are made at each look. */
    private @Nullable ObjectStore store;

    public Bucket(S3Lab server, String name) {
        super(
                new Http.BaseUrl(server.host(), server.port(), false),
                new StaticProvider(server.accessKey(), server.secretKey(), null),
                HTTP,
                false);
        baseUrl.setRegion("us-east-1");
        this.name = name;
        this.place = server.storage(StorageConfig.Side.VAULT, name, "");
    }

    private synchronized ObjectStore store() {
        ObjectStore open = store == null ? Stores.open(place) : store;
        store = open;
        return open;
    }

    /** Every key under the prefix with the time it was last written. */
    public SortedMap<String, ZonedDateTime> written(String prefix) {
        SortedMap<String, ZonedDateTime> found = new TreeMap<>();
        String token = null;
        do {
            ListBucketResultV2 page = listObjectsV2(ListObjectsV2Args.builder()
                            .bucket(name)
                            .prefix(prefix)
                            .continuationToken(token)
                            .build())
                    .join()
                    .result();
            page.contents().forEach(object -> found.put(object.objectName(), object.lastModified()));
            token = page.isTruncated() ? page.nextContinuationToken() : null;
        } while (token != null);
        return found;
    }

    /** How often each key under the prefix was written, as a bucket that keeps all versions tells. */
    public SortedMap<String, Integer> writes(String prefix) {
        SortedMap<String, Integer> found = new TreeMap<>();
        String key = null;
        String version = null;
        do {
            ListVersionsResult page = listObjectVersions(ListObjectVersionsArgs.builder()
                            .bucket(name)
                            .prefix(prefix)
                            .keyMarker(key)
                            .versionIdMarker(version)
                            .build())
                    .join()
                    .result();
            page.contents().forEach(object -> found.merge(object.objectName(), 1, Integer::sum));
            key = page.isTruncated() ? page.nextKeyMarker() : null;
            version = page.isTruncated() ? page.nextVersionIdMarker() : null;
        } while (key != null);
        return found;
    }

    public Set<String> keys(String prefix) {
        return written(prefix).keySet();
    }

    /** What restores of anybody have staged here: compare with what there was before. */
    public Set<String> staged() {
        return keys("migrator-staging/");
    }

    public int count(String prefix) {
        return written(prefix).size();
    }

    /** First elements of all keys. */
    Set<String> top() {
        return keys("").stream().map(key -> key.split("/")[0]).collect(Collectors.toSet());
    }

    public byte[] read(String key) {
        return store().read(key, 1 << 26);
    }

    public void put(String key, byte[] content) {
        store().write(key, content);
    }

    public void delete(String key) {
        store().delete(List.of(key));
    }
}
