package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.store.ContentMd5;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.OffHeap;
import io.minio.HeadObjectArgs;
import io.minio.Http;
import io.minio.ObjectArgs;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectAPIArgs;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes objects: in one request up to a part's size, else in parts, one part in memory at a time. */
final class S3Upload {
    /** As few as S3 takes: 16 streams hold 80 MiB. */
    static final int PART_MIN = 5 << 20;

    private static final int PARTS_MAX = 10_000;

    private final S3Client client;
    private final S3Calls calls;
    private final WantedEncryption encryption;
    private final String bucket;
    private final OffHeap memory = new OffHeap();
    private final ContentSigning signing;
    private final PartsUpload parts;

    S3Upload(S3Client client, S3Calls calls, MultipartUploads uploads, WantedEncryption encryption, String bucket) {
        this.client = client;
        this.calls = calls;
        this.encryption = encryption;
        this.bucket = bucket;
        this.signing = new ContentSigning(client.signsContent());
        this.parts = new PartsUpload(client, calls, uploads, signing, bucket);
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
        boolean compared = whole ? md5 != null : parts.compared();
        try (Payload payload = new Payload(memory, signing.wanted(compared))) {
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
            return parts.write(key, content, size, partSize, payload, length);
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

    private CompletableFuture<ObjectWriteResponse> put(String key, Payload payload, Checksum md5) {
        return signing.send(
                Operation.write(bucket, key),
                payload,
                () -> client.put(place(key), encryption.headers(), payload.body(md5)));
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
}
