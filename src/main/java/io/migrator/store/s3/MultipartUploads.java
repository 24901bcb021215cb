package io.migrator.store.s3;

import io.migrator.format.checksum.Checksum;
import io.migrator.store.UnfinishedUpload;
import io.migrator.store.driver.Pages;
import io.migrator.store.driver.Retry;
import io.migrator.store.s3.xml.UploadsPage;
import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.Http;
import io.minio.ListMultipartUploadsArgs;
import io.minio.ObjectWriteResponse;
import io.minio.messages.Part;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins, ends and finds objects that are written in parts. */
final class MultipartUploads {
    private static final Logger LOG = LoggerFactory.getLogger(MultipartUploads.class);

    private final S3Client client;
    private final S3Calls calls;
    private final WantedEncryption encryption;
    private final String bucket;

    MultipartUploads(S3Client client, S3Calls calls, WantedEncryption encryption, String bucket) {
        this.client = client;
        this.calls = calls;
        this.encryption = encryption;
        this.bucket = bucket;
    }

    /**
     * The id of the new upload.
     *
     * @param more headers beside the content type and those of encryption
     */
    CompletableFuture<String> begin(Operation operation, String key, Http.Headers more) {
        Http.Headers headers = new Http.Headers(Http.Headers.CONTENT_TYPE, Http.DEFAULT_MEDIA_TYPE.toString());
        headers.putAll(encryption.with(more));
        CreateMultipartUploadArgs args = CreateMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .headers(headers)
                .build();
        return calls.send(operation, () -> client.createMultipartUpload(args)
                .thenApply(answer -> answer.result().uploadId()));
    }

    /**
     * Uploads begun and not ended, a page at a time. MinIO tells only those of one object, whose whole key the prefix must
     * be.
     */
    Stream<UnfinishedUpload> unfinished(String prefix) {
        return Pages.of(bucket + "/" + prefix, token -> page(prefix, token), UploadsPage::place)
                .flatMap(page -> page.uploads().stream());
    }

    private UploadsPage page(String prefix, @Nullable String token) {
        UploadsPage.Markers markers = UploadsPage.Markers.of(token);
        ListMultipartUploadsArgs args = ListMultipartUploadsArgs.builder()
                .bucket(bucket)
                .prefix(prefix)
                .keyMarker(markers.key())
                .uploadIdMarker(markers.upload())
                .build();
        return calls.await(Operation.listUploads(bucket, prefix), () -> client.uploads(args));
    }

    /** What the server says of the object once all parts are there; where they fail, nothing of them stays in the bucket. */
    CompletableFuture<S3Written> completeOrAbort(
            Operation operation, String key, String uploadId, CompletableFuture<Part[]> allParts) {
        return allParts.thenCompose(parts -> complete(operation, key, uploadId, parts))
                .exceptionallyCompose(thrown -> abort(operation, key, uploadId, thrown));
    }

    private CompletableFuture<S3Written> complete(Operation operation, String key, String uploadId, Part[] parts) {
        CompleteMultipartUploadArgs args = CompleteMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(uploadId)
                .parts(parts)
                .build();
        return calls.send(operation, () -> client.completeMultipartUpload(args))
                .thenApply(answer -> S3Written.ofCopy(answer.etag(), null, algorithm -> kept(answer, algorithm)));
    }

    private static String kept(ObjectWriteResponse answer, String algorithm) {
        String sum =
                switch (algorithm) {
                    case Checksum.CRC64NVME -> answer.checksumCRC64NVME();
                    case Checksum.SHA256 -> answer.checksumSHA256();
                    case Checksum.CRC32C -> answer.checksumCRC32C();
                    default -> null;
                };
        return sum == null ? "" : sum;
    }

    private CompletableFuture<S3Written> abort(Operation operation, String key, String uploadId, Throwable why) {
        return aborted(operation, key, uploadId).handle((done, thrown) -> {
            throw new CompletionException(Retry.unwrapped(why));
        });
    }

    /** Gives the upload up, and waits for that; where it cannot, a line says so. */
    void abort(Operation operation, String key, String uploadId) {
        aborted(operation, key, uploadId).join();
    }

    private CompletableFuture<Boolean> aborted(Operation operation, String key, String uploadId) {
        AbortMultipartUploadArgs args = AbortMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(uploadId)
                .build();
        return calls.send(operation, () -> client.abortMultipartUpload(args)).handle((done, thrown) -> {
            if (thrown != null) {
                // The first fault is the one to report; parts left behind cost space until the bucket's owner clears
                // them.
                LOG.warn("parts of {} may be left in bucket {}: {}", key, bucket, thrown.getMessage());
            }
            return thrown == null;
        });
    }
}
