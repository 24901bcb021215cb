package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.Content;
import io.migrator.store.StoredObject;
import io.minio.Http;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectAPIArgs;
import io.minio.UploadPartArgs;
import io.minio.messages.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Writes objects: in one request up to a part's size, else in parts, one part in memory at a time. */
final class S3Upload {
    /** S3 wants 5 MiB at least; 16 streams of this size fit a small heap. */
    private static final int PART_MIN = 8 << 20;

    private static final int PARTS_MAX = 10_000;

    private final S3Client client;
    private final S3Calls calls;
    private final MultipartUploads uploads;
    private final WantedEncryption encryption;
    private final String bucket;

    S3Upload(S3Client client, S3Calls calls, MultipartUploads uploads, WantedEncryption encryption, String bucket) {
        this.client = client;
        this.calls = calls;
        this.uploads = uploads;
        this.encryption = encryption;
        this.bucket = bucket;
    }

    StoredObject write(String key, byte[] content) {
        return write(key, content, content.length);
    }

    StoredObject write(String key, InputStream content, long size) {
        int partSize = partSize(size);
        try {
            if (size >= 0 && size <= partSize) {
                byte[] all = content.readNBytes((int) size);
                Content.requireSize(bucket + "/" + key, size, all.length);
                return write(key, all, all.length);
            }
            byte[] part = new byte[partSize];
            int length = content.readNBytes(part, 0, partSize);
            if (size < 0 && length < partSize) {
                return write(key, part, length);
            }
            return writeInParts(key, content, size, part, length);
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "write",
                    bucket + "/" + key,
                    "its content could not be read: " + e.getMessage(),
                    "Run the same command again.",
                    e);
        }
    }

    private static int partSize(long size) {
        return Math.toIntExact(Math.max(PART_MIN, (size + PARTS_MAX - 1) / PARTS_MAX));
    }

    private StoredObject write(String key, byte[] content, int length) {
        ObjectWriteResponse answer =
                calls.await(Operation.write(bucket, key), () -> put(key, content, length, new Http.Headers()));
        return S3Written.of(bucket, answer.etag(), answer.headers()).object(key, length);
    }

    /** Writes in one request. */
    CompletableFuture<ObjectWriteResponse> put(String key, byte[] content, int length, Http.Headers conditions) {
        return client.putObject(PutObjectAPIArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .data(content, length)
                        .headers(encryption.with(conditions))
                        .build())
                .thenApply(encryption::done);
    }

    private StoredObject writeInParts(String key, InputStream content, long size, byte[] part, int firstLength)
            throws IOException {
        Operation operation = Operation.write(bucket, key);
        String uploadId = calls.await(operation, () -> uploads.begin(operation, key, PartSums.begin()));
        long written = 0;
        CompletableFuture<Part[]> parts;
        try {
            List<Part> done = new ArrayList<>();
            int length = firstLength;
            while (length > 0) {
                done.add(writePart(operation, key, uploadId, done.size() + 1, part, length));
                written += length;
                Content.requireNoMore(bucket + "/" + key, size, written);
                length = content.readNBytes(part, 0, part.length);
            }
            Content.requireSize(bucket + "/" + key, size, written);
            parts = CompletableFuture.completedFuture(done.toArray(Part[]::new));
        } catch (RuntimeException | IOException e) {
            parts = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Part[]> allParts = parts;
        S3Written whole = calls.awaitOnce(operation, () -> uploads.completeOrAbort(operation, key, uploadId, allParts));
        return whole.object(key, written);
    }

    private Part writePart(Operation operation, String key, String uploadId, int number, byte[] data, int length) {
        UploadPartArgs args = UploadPartArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(uploadId)
                .partNumber(number)
                .data(length == data.length ? data : Arrays.copyOf(data, length), length)
                .headers(PartSums.part(data, length))
                .build();
        return PartSums.sent(
                calls.await(operation, () -> client.uploadPart(args)).part(), data, length);
    }
}
