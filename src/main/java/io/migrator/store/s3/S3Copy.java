package io.migrator.store.s3;

import io.migrator.config.StorageConfig;
import io.migrator.store.StoredObject;
import io.minio.CopyObjectArgs;
import io.minio.SourceObject;
import java.util.concurrent.CompletableFuture;

/** Copies inside the server: in one request, or in parts where the object is large. */
final class S3Copy {
    /** S3 copies no more in one request. */
    private static final long SINGLE_REQUEST_MAX = 5L << 30;

    private final S3Client client;
    private final S3Calls calls;
    private final MultipartUploads uploads;
    private final String bucket;
    private final long threshold;

    S3Copy(S3Client client, S3Calls calls, MultipartUploads uploads, StorageConfig config) {
        this.client = client;
        this.calls = calls;
        this.uploads = uploads;
        this.bucket = config.bucketName();
        long wanted = (long) config.multipartCopyThresholdMiB() << 20;
        this.threshold = wanted > 0 ? Math.min(wanted, SINGLE_REQUEST_MAX) : SINGLE_REQUEST_MAX;
    }

    CompletableFuture<StoredObject> copy(String sourceBucket, StoredObject source, String targetKey) {
        Operation operation = Operation.copy(sourceBucket, source.key(), bucket);
        SourceObject from = source(sourceBucket, source);
        CompletableFuture<String> etag = source.size() < threshold
                ? inOneRequest(operation, from, targetKey)
                : inParts(operation, from, source.size(), targetKey);
        return etag.thenApply(written -> new StoredObject(targetKey, source.size(), written));
    }

    /** The ETag of the listing goes along as a condition: a source replaced since then is not copied. */
    private static SourceObject source(String bucket, StoredObject source) {
        SourceObject.Builder builder = SourceObject.builder().bucket(bucket).object(source.key());
        return (source.etag().isEmpty() ? builder : builder.matchETag(source.etag())).build();
    }

    private CompletableFuture<String> inOneRequest(Operation operation, SourceObject from, String targetKey) {
        CopyObjectArgs args = CopyObjectArgs.builder()
                .bucket(bucket)
                .object(targetKey)
                .source(from)
                .build();
        return calls.send(operation, () -> client.copyObject(args))
                .thenApply(answer -> S3Listing.unquoted(answer.etag()));
    }

    private CompletableFuture<String> inParts(Operation operation, SourceObject from, long size, String targetKey) {
        return uploads.begin(operation, targetKey).thenCompose(uploadId -> {
            PartsCopy parts = new PartsCopy(client, calls, operation, bucket, targetKey, uploadId, from, size);
            return uploads.completeOrAbort(operation, targetKey, uploadId, parts.copyAll());
        });
    }
}
