package io.migrator.store.s3;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Retry;
import io.minio.CopyObjectArgs;
import io.minio.HeadObjectArgs;
import io.minio.Http;
import io.minio.SourceObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Copies inside the server: in one request, or in parts where the object is large. */
final class S3Copy {
    /** S3 copies no more in one request. */
    private static final long SINGLE_REQUEST_MAX = 5L << 30;

    private final S3Client client;
    private final S3Calls calls;
    private final MultipartUploads uploads;
    private final WantedEncryption encryption;
    private final String bucket;
    private final long threshold;

    S3Copy(
            S3Client client,
            S3Calls calls,
            MultipartUploads uploads,
            WantedEncryption encryption,
            StorageConfig config) {
        this.client = client;
        this.calls = calls;
        this.uploads = uploads;
        this.encryption = encryption;
        this.bucket = config.bucketName();
        long wanted = (long) config.multipartCopyThresholdMiB() << 20;
        this.threshold = wanted > 0 ? Math.min(wanted, SINGLE_REQUEST_MAX) : SINGLE_REQUEST_MAX;
    }

    /**
     * The ETag of the listing goes along as a condition: a source replaced since then is not copied. Some servers
     * compare ETags wrongly (S3Proxy those of objects written in parts), so a refusal is checked before it is believed.
     */
    CompletableFuture<StoredObject> copy(String sourceBucket, StoredObject source, String targetKey) {
        Operation operation = Operation.copy(sourceBucket, source.key(), bucket);
        SourceObject.Builder anyVersion =
                SourceObject.builder().bucket(sourceBucket).object(source.key());
        if (source.etag().isEmpty()) {
            return copy(operation, anyVersion.build(), source, targetKey);
        }
        SourceObject sameVersion = SourceObject.builder()
                .bucket(sourceBucket)
                .object(source.key())
                .matchETag(source.etag())
                .build();
        return copy(operation, sameVersion, source, targetKey)
                .exceptionallyCompose(thrown -> isRefusedAsReplaced(thrown)
                        ? requireSame(operation, source, Retry.unwrapped(thrown))
                                .thenCompose(same -> copy(operation, anyVersion.build(), source, targetKey))
                        : CompletableFuture.failedFuture(Retry.unwrapped(thrown)));
    }

    private static boolean isRefusedAsReplaced(Throwable thrown) {
        return Retry.unwrapped(thrown) instanceof MigratorException fault && fault.failure() == Failure.SOURCE_CHANGED;
    }

    private CompletableFuture<Boolean> requireSame(Operation operation, StoredObject source, Throwable refusal) {
        HeadObjectArgs args = HeadObjectArgs.builder()
                .bucket(operation.bucket())
                .object(source.key())
                .build();
        return calls.send(operation, () -> client.headObject(args)).thenApply(head -> {
            if (!S3Listing.unquoted(head.etag()).equals(source.etag())) {
                throw new CompletionException(refusal);
            }
            return true;
        });
    }

    private CompletableFuture<StoredObject> copy(
            Operation operation, SourceObject from, StoredObject source, String targetKey) {
        CopyObjectArgs args = CopyObjectArgs.builder()
                .bucket(bucket)
                .object(targetKey)
                .source(from)
                .build();
        CompletableFuture<S3Written> copied = source.size() < threshold
                ? calls.send(operation, () -> client.copy(args, encryption))
                : inParts(operation, args, source.size());
        return copied.thenApply(written -> written.object(targetKey, source.size()));
    }

    private CompletableFuture<S3Written> inParts(Operation operation, CopyObjectArgs args, long size) {
        return uploads.begin(operation, args.object(), new Http.Headers()).thenCompose(uploadId -> {
            PartsCopy parts = new PartsCopy(client, calls, operation, args, uploadId, size);
            return uploads.completeOrAbort(operation, args.object(), uploadId, parts.copyAll());
        });
    }
}
