package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.store.ContentMd5;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.OffHeap;
import io.migrator.store.driver.Retry;
import io.minio.HeadObjectArgs;
import io.minio.Http;
import io.minio.ObjectArgs;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectAPIArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes objects: in one request up to a part's size, else in parts, one part in memory at a time. */
final class S3Upload {
    /** As few as S3 takes: 16 streams hold 80 MiB. */
    static final int PART_MIN = 5 << 20;

    private static final int PARTS_MAX = 10_000;

    private final S3Client client;
    private final S3Calls calls;
    private final MultipartUploads uploads;
    private final WantedEncryption encryption;
    private final String bucket;
    private final OffHeap memory = new OffHeap();
    private volatile boolean refusesSums;
    private volatile boolean refusesUnsigned;

    S3Upload(S3Client client, S3Calls calls, MultipartUploads uploads, WantedEncryption encryption, String bucket) {
        this.client = client;
        this.calls = calls;
        this.uploads = uploads;
        this.encryption = encryption;
        this.bucket = bucket;
    }

    StoredObject write(String key, byte[] content) {
        ObjectWriteResponse answer =
                calls.await(Operation.write(bucket, key), () -> put(key, content, content.length, new Http.Headers())
                        .thenApply(encryption::done));
        return S3Written.of(bucket, answer.etag(), answer.headers()).object(key, content.length);
    }

    static boolean inOneRequest(long size) {
        return size >= 0 && size <= PART_MIN;
    }

    /** @param md5 of the content; null where nobody knows it */
    StoredObject write(String key, InputStream content, long size, @Nullable ContentMd5 md5) {
        int partSize = partSize(size);
        boolean whole = inOneRequest(size);
        // What the signature says of the content once is enough.
        boolean signed = client.signsContent() && (refusesUnsigned || !(whole && md5 != null));
        try (Payload payload = new Payload(memory, signed)) {
            int length = payload.fill(content, whole ? (int) size : partSize);
            if (whole) {
                Content.requireSize(bucket + "/" + key, size, length);
            }
            if (whole && md5 != null) {
                return write(key, payload, length, md5);
            }
            if (whole || (size < 0 && length < partSize)) {
                return write(key, payload, length, payload.md5());
            }
            return writeInParts(key, content, size, partSize, payload, length);
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

    /** What is only told is compared by the server; where that ends otherwise than with the same MD5, here. */
    private StoredObject write(String key, Payload payload, int length, ContentMd5 md5) {
        StoredObject written;
        try {
            written = write(key, payload, length, md5.value());
        } catch (MigratorException e) {
            if (md5.isOnlyTold()) {
                md5.require(payload.md5());
            }
            throw e;
        }
        if (md5.isOnlyTold() && !md5.value().equals(written.checksum())) {
            md5.require(payload.md5());
        }
        return written;
    }

    private StoredObject write(String key, Payload payload, int length, Checksum md5) {
        ObjectWriteResponse answer = calls.await(
                Operation.write(bucket, key), () -> put(key, payload, md5).thenApply(encryption::done));
        return S3Written.of(bucket, answer.etag(), answer.headers()).object(key, length);
    }

    /** As the payload is signed, unless the server or a policy wants it signed: then so, here and from now on. */
    private CompletableFuture<ObjectWriteResponse> put(String key, Payload payload, Checksum md5) {
        CompletableFuture<ObjectWriteResponse> sent = client.put(place(key), encryption.headers(), payload.body(md5));
        if (!client.signsContent() || payload.signed()) {
            return sent;
        }
        return sent.exceptionallyCompose(thrown -> {
            if (!mayRefuseUnsigned(Operation.write(bucket, key), Retry.unwrapped(thrown))) {
                return CompletableFuture.failedFuture(thrown);
            }
            payload.sign();
            return client.put(place(key), encryption.headers(), payload.body(md5))
                    .thenApply(answer -> {
                        refusesUnsigned = true;
                        return answer;
                    });
        });
    }

    /** Servers and policies have no code of their own for it; what was damaged on the way has one. */
    private static boolean mayRefuseUnsigned(Operation operation, Throwable fault) {
        if (!(fault instanceof ErrorResponseException refused)) {
            return false;
        }
        S3Answer answer = S3Answer.of(refused);
        return (answer.status() == 400 || answer.status() == 403) && answer.failure(operation) != Failure.CORRUPT;
    }

    private ObjectArgs place(String key) {
        return HeadObjectArgs.builder().bucket(bucket).object(key).build();
    }

    private static int partSize(long size) {
        return Math.toIntExact(Math.max(PART_MIN, (size + PARTS_MAX - 1) / PARTS_MAX));
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

    private StoredObject writeInParts(
            String key, InputStream content, long size, int partSize, Payload part, int firstLength)
            throws IOException {
        Operation operation = Operation.write(bucket, key);
        Begun begun = begin(operation, key, part);
        String uploadId = begun.uploadId();
        long written = firstLength;
        CompletableFuture<Part[]> parts;
        try {
            List<Part> done = new ArrayList<>(List.of(begun.first()));
            Content.requireNoMore(bucket + "/" + key, size, written);
            int length = part.fill(content, partSize);
            while (length > 0) {
                done.add(writePart(operation, key, uploadId, done.size() + 1, part, begun.sums()));
                written += length;
                Content.requireNoMore(bucket + "/" + key, size, written);
                length = part.fill(content, partSize);
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
    private Begun begin(Operation operation, String key, Payload part) {
        if (refusesSums) {
            return begin(operation, key, part, false);
        }
        try {
            return begin(operation, key, part, true);
        } catch (MigratorException e) {
            if (e.failure() != Failure.UNSUPPORTED) {
                throw e;
            }
            Begun without = begin(operation, key, part, false);
            refusesSums = true;
            return without;
        }
    }

    private Begun begin(Operation operation, String key, Payload part, boolean sums) {
        Http.Headers headers = sums ? PartSums.begin() : new Http.Headers();
        String uploadId = calls.await(operation, () -> uploads.begin(operation, key, headers));
        try {
            return new Begun(uploadId, writePart(operation, key, uploadId, 1, part, sums), sums);
        } catch (RuntimeException e) {
            uploads.abort(operation, key, uploadId);
            throw e;
        }
    }

    private Part writePart(Operation operation, String key, String uploadId, int number, Payload part, boolean sums) {
        Http.Headers headers = sums ? PartSums.part(part) : new Http.Headers();
        Checksum md5 = sums && !client.bearsToken() ? null : part.md5();
        String etag =
                calls.await(operation, () -> client.putPart(place(key), uploadId, number, headers, part.body(md5)));
        return sums ? PartSums.sent(number, etag, part) : new Part(number, etag);
    }
}
