package io.migrator.lab;

import io.minio.BaseS3Client;
import io.minio.BucketArgs;
import io.minio.CreateBucketArgs;
import io.minio.HeadBucketArgs;
import io.minio.HeadObjectArgs;
import io.minio.Http;
import io.minio.ListBucketsArgs;
import io.minio.credentials.StaticProvider;
import io.minio.errors.ErrorResponseException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Makes buckets, which migrator itself never does. */
final class Buckets extends BaseS3Client {
    /** One for all, without TLS: what TLS wants is read anew by each client, and there is one for each bucket that is made. */
    private static final OkHttpClient HTTP = new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .connectionPool(new ConnectionPool(5, 1, TimeUnit.SECONDS))
            .build();

    private static final Set<String> THERE = Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists");

    private Buckets(S3Lab server, OkHttpClient http) {
        super(
                new Http.BaseUrl(server.host(), server.port(), false),
                new StaticProvider(server.accessKey(), server.secretKey(), null),
                http,
                false);
        baseUrl.setRegion("us-east-1");
    }

    /** @param locking whether objects can be locked, which makes the bucket keep all versions */
    static void create(S3Lab server, String bucket, boolean locking) {
        try {
            ask(
                    server,
                    buckets -> buckets.createBucket(CreateBucketArgs.builder()
                            .bucket(bucket)
                            .objectLock(locking)
                            .build()));
        } catch (CompletionException e) {
            if (!isAnswer(e, THERE)) {
                throw new IllegalStateException("cannot make bucket " + bucket + " on " + server.kind(), e);
            }
        }
    }

    /**
     * Removes every bucket with all that is in it, in one request each, by a header of MinIO's own.
     *
     * @return false where the server keeps one, as it does where objects can be locked
     */
    static boolean removeAll(S3Lab server) {
        try {
            ask(server, buckets -> buckets.listBucketsAPI(
                            ListBucketsArgs.builder().build())
                    .thenCompose(found -> CompletableFuture.allOf(found.result().buckets().stream()
                            .map(bucket -> buckets.remove(bucket.name()))
                            .toArray(CompletableFuture[]::new))));
            return true;
        } catch (CompletionException e) {
            if (isAnswer(e, Set.of("MethodNotAllowed"))) {
                return false;
            }
            throw e;
        }
    }

    private CompletableFuture<Void> remove(String bucket) {
        return executeDeleteAsync(
                        HeadBucketArgs.builder().bucket(bucket).build(),
                        new Http.Headers("x-minio-force-delete", "true"),
                        new Http.QueryParameters())
                .thenAccept(Response::close);
    }

    /** Changes a setting of the bucket, such as {@code lifecycle}, to what the XML says. */
    static void configure(S3Lab server, String bucket, String setting, String xml) {
        put(server, HeadBucketArgs.builder().bucket(bucket).build(), setting, xml);
    }

    /** Keeps the object from being deleted for good, until somebody says otherwise. */
    static void hold(S3Lab server, String bucket, String key) {
        put(
                server,
                HeadObjectArgs.builder().bucket(bucket).object(key).build(),
                "legal-hold",
                "<LegalHold><Status>ON</Status></LegalHold>");
    }

    private static void put(S3Lab server, BucketArgs place, String setting, String xml) {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        ask(server, buckets -> buckets.executePutAsync(
                        place,
                        new Http.Headers(),
                        new Http.QueryParameters(setting, ""),
                        new Http.Body(
                                body,
                                body.length,
                                Http.DEFAULT_MEDIA_TYPE,
                                digest("SHA-256", body, HexFormat.of()::formatHex),
                                digest("MD5", body, Base64.getEncoder()::encodeToString)))
                .thenAccept(Response::close));
    }

    private static String digest(String algorithm, byte[] content, Function<byte[], String> text) {
        try {
            return text.apply(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the server is up so far that it answers a signed request with more than an excuse. */
    static boolean canBeAsked(S3Lab server) {
        try {
            ask(
                    server,
                    buckets -> buckets.headBucket(
                            HeadBucketArgs.builder().bucket("is-anybody-there").build()));
            return true;
        } catch (CompletionException e) {
            return isAnswer(e, Set.of("NoSuchBucket"));
        }
    }

    private static boolean isAnswer(CompletionException e, Set<String> codes) {
        return e.getCause() instanceof ErrorResponseException answer
                && codes.contains(answer.errorResponse().code());
    }

    private static void ask(S3Lab server, Function<Buckets, CompletableFuture<?>> request) {
        request.apply(new Buckets(server, HTTP)).join();
    }
}
