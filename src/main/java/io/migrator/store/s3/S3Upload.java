package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
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
    private volatile boolean refusesSums;

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
                calls.await(Operation.write(bucket, key), () -> put(key, content, length, new Http.Headers())
                        .thenApply(encryption::done));
        return S3Written.of(bucket, answer.etag(), answer.headers()).object(key, length);
    }

    /** Writes in one request; its answer is to be {@link #encrypted}, once it is known that it was written. */
    CompletableFuture<ObjectWriteResponse> put(String key, byte[] content, int length, Http.Headers conditions) {
        return client.putObject(PutObjectAPIArgs.builder()
                .bucket(bucket)
                .object(key)
                .data(content, length)
                .headers(encryption.with(conditions))
                .build());
    }

    /** The answer to {@link #put}; UNSUPPORTED where the server wrote and passed the encryption over. */
    ObjectWriteResponse encrypted(ObjectWriteResponse answer) {
        return encryption.done(answer);
    }

    private StoredObject writeInParts(String key, InputStream content, long size, byte[] part, int firstLength)
            throws IOException {
        Operation operation = Operation.write(bucket, key);
        Begun begun = begin(operation, key, part, firstLength);
        String uploadId = begun.uploadId();
        long written = firstLength;
        CompletableFuture<Part[]> parts;
        try {
            List<Part> done = new ArrayList<>(List.of(begun.first()));
            Content.requireNoMore(bucket + "/" + key, size, written);
            int length = content.readNBytes(part, 0, part.length);
            while (length > 0) {
                done.add(writePart(operation, key, uploadId, done.size() + 1, part, length, begun.sums()));
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

    /**
     * An upload whose first part is there.
     *
     * @param sums whether its parts have checksums
     */
    private record Begun(String uploadId, Part first, boolean sums) {}

    /** With checksums, unless the server takes none: then without, here and from now on. */
    private Begun begin(Operation operation, String key, byte[] data, int length) {
        if (refusesSums) {
            return begin(operation, key, data, length, false);
        }
        try {
            return begin(operation, key, data, length, true);
        } catch (MigratorException e) {
            if (e.failure() != Failure.UNSUPPORTED) {
                throw e;
            }
            Begun without = begin(operation, key, data, length, false);
            refusesSums = true;
            return without;
        }
    }

    private Begun begin(Operation operation, String key, byte[] data, int length, boolean sums) {
        Http.Headers headers = sums ? PartSums.begin() : new Http.Headers();
        String uploadId = calls.await(operation, () -> uploads.begin(operation, key, headers));
        try {
            return new Begun(uploadId, writePart(operation, key, uploadId, 1, data, length, sums), sums);
        } catch (RuntimeException e) {
            uploads.abort(operation, key, uploadId);
            throw e;
        }
    }

    private Part writePart(
            Operation operation, String key, String uploadId, int number, byte[] data, int length, boolean sums) {
        UploadPartArgs args = UploadPartArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(uploadId)
                .partNumber(number)
                .data(length == data.length ? data : Arrays.copyOf(data, length), length)
                .headers(sums ? PartSums.part(data, length) : PartSums.plainPart(data, length))
                .build();
        Part part = calls.await(operation, () -> client.uploadPart(args)).part();
        return sums ? PartSums.sent(part, data, length) : new Part(part.partNumber(), part.etag());
    }
}
