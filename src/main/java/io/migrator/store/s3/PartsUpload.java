package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
import io.minio.HeadObjectArgs;
import io.minio.Http;
import io.minio.ObjectArgs;
import io.minio.messages.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes an object in parts, one of them in memory at a time. Each has a checksum for the server to compare; one that does
 * not say that it did gets its parts signed over every byte.
 */
final class PartsUpload {
    /**
     * What the server says of a part that was sent to it.
     *
     * @param compared whether it says by which checksum it compared the part
     */
    record SentPart(String etag, boolean compared) {}

    private final S3Client client;
    private final S3Calls calls;
    private final MultipartUploads uploads;
    private final ContentSigning signing;
    private final String bucket;
    private volatile boolean refusesSums;
    private volatile boolean passesSumsOver;

    PartsUpload(S3Client client, S3Calls calls, MultipartUploads uploads, ContentSigning signing, String bucket) {
        this.client = client;
        this.calls = calls;
        this.uploads = uploads;
        this.signing = signing;
        this.bucket = bucket;
    }

    /** Whether the server compares each part with a checksum, as far as is known. */
    boolean compared() {
        return !refusesSums && !passesSumsOver;
    }

    /** @param part holds the first so many bytes of the content */
    StoredObject write(String key, InputStream content, long size, int partSize, Payload part, int firstLength)
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
            if (signing.wanted(false) && !part.signed()) {
                part.sign();
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
        SentPart sent = send(operation, key, uploadId, number, headers, part, md5);
        if (signing.wanted(sent.compared()) && !part.signed()) {
            // Nobody compared this one: it is sent once more, and so are those that follow.
            passesSumsOver = true;
            part.sign();
            sent = send(operation, key, uploadId, number, headers, part, md5);
        }
        return sums ? PartSums.sent(number, sent.etag(), part) : new Part(number, sent.etag());
    }

    private SentPart send(
            Operation operation,
            String key,
            String uploadId,
            int number,
            Http.Headers headers,
            Payload part,
            @Nullable Checksum md5) {
        ObjectArgs place = HeadObjectArgs.builder().bucket(bucket).object(key).build();
        return calls.await(
                operation,
                () -> signing.send(
                        operation, part, () -> client.putPart(place, uploadId, number, headers, part.body(md5))));
    }
}
