package io.migrator.bench;

import io.minio.BaseS3Client;
import io.minio.CopyObjectArgs;
import io.minio.Http;
import io.minio.ListObjectsV2Args;
import io.minio.ListObjectsV2Response;
import io.minio.SourceObject;
import io.minio.credentials.StaticProvider;
import io.minio.messages.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * The least that a JVM can do to copy objects inside an S3 server: list them, send a copy request for each, keep nothing
 * in mind. Runs in a JVM of its own beside migrator, with the same library and the same number in flight.
 */
public final class BareCopyLoop extends BaseS3Client {
    private BareCopyLoop(String host, int port, String accessKey, String secretKey, OkHttpClient http) {
        super(new Http.BaseUrl(host, port, false), new StaticProvider(accessKey, secretKey, null), http, true);
        baseUrl.setRegion(Http.US_EAST_1);
    }

    /** @param args host, port, access key, secret key, bucket, prefix, target bucket, target prefix, in flight */
    public static void main(String[] args) throws InterruptedException {
        int inFlight = Integer.parseInt(args[8]);
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(inFlight);
        dispatcher.setMaxRequestsPerHost(inFlight);
        OkHttpClient http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(inFlight, 1, TimeUnit.MINUTES))
                .build();
        BareCopyLoop loop = new BareCopyLoop(args[0], Integer.parseInt(args[1]), args[2], args[3], http);
        List<Item> objects = loop.list(args[4], args[5]);
        long began = System.nanoTime();
        loop.copy(objects, args[4], args[6], args[7], inFlight);
        // The form of migrator's own --output=json.
        System.out.printf(
                Locale.ROOT,
                "{\"stage\":\"copy\",\"state\":\"done\",\"objects_done\":%d,\"seconds_elapsed\":%.3f}%n",
                objects.size(),
                (System.nanoTime() - began) / 1e9);
        System.exit(0);
    }

    private List<Item> list(String bucket, String prefix) {
        List<Item> objects = new ArrayList<>();
        String token = null;
        do {
            ListObjectsV2Response page = listObjectsV2(ListObjectsV2Args.builder()
                            .bucket(bucket)
                            .prefix(prefix)
                            .maxKeys(1000)
                            .continuationToken(token)
                            .build())
                    .join();
            objects.addAll(page.result().contents());
            token = page.result().isTruncated() ? page.result().nextContinuationToken() : null;
        } while (token != null);
        return objects;
    }

    private void copy(List<Item> objects, String bucket, String targetBucket, String targetPrefix, int inFlight)
            throws InterruptedException {
        Semaphore free = new Semaphore(inFlight);
        List<CompletableFuture<?>> copies = new ArrayList<>();
        for (Item object : objects) {
            free.acquire();
            SourceObject source = SourceObject.builder()
                    .bucket(bucket)
                    .object(object.objectName())
                    .matchETag(object.etag())
                    .build();
            copies.add(copyObject(CopyObjectArgs.builder()
                            .bucket(targetBucket)
                            .object(targetPrefix + object.objectName())
                            .source(source)
                            .build())
                    .whenComplete((answer, fault) -> free.release()));
        }
        CompletableFuture.allOf(copies.toArray(CompletableFuture[]::new)).join();
    }
}
