package io.migrator.lab;

import io.minio.BaseS3Client;
import io.minio.CreateBucketArgs;
import io.minio.Http;
import io.minio.credentials.StaticProvider;
import io.minio.errors.ErrorResponseException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import okhttp3.OkHttpClient;

/** Makes buckets, which migrator itself never does. */
final class Buckets extends BaseS3Client {
    private static final Set<String> THERE = Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists");

    private Buckets(S3Lab server, OkHttpClient http) {
        super(
                new Http.BaseUrl(server.host(), server.port(), false),
                new StaticProvider(server.accessKey(), server.secretKey(), null),
                http,
                false);
        baseUrl.setRegion("us-east-1");
    }

    static void create(S3Lab server, String bucket) {
        OkHttpClient http = new OkHttpClient();
        Buckets buckets = new Buckets(server, http);
        try {
            buckets.createBucket(CreateBucketArgs.builder().bucket(bucket).build())
                    .join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ErrorResponseException answer
                    && THERE.contains(answer.errorResponse().code()))) {
                throw new IllegalStateException("cannot make bucket " + bucket + " on " + server.kind(), e);
            }
        } finally {
            http.dispatcher().executorService().shutdown();
            http.connectionPool().evictAll();
        }
    }
}
