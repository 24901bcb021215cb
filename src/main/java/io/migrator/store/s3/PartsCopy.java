package io.migrator.store.s3;

import io.minio.CopyObjectArgs;
import io.minio.messages.Part;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One object being copied in parts inside the server, a few parts at a time. */
final class PartsCopy {
    /** A part of this size takes seconds, and objects up to 625 GiB stay under S3's 10,000 parts. */
    private static final long PART_MIN = 64L << 20;

    private static final int PARTS_MAX = 10_000;
    private static final int AT_ONCE = 4;

    private final S3Client client;
    private final S3Calls calls;
    private final Operation operation;
    private final CopyObjectArgs args;
    private final String uploadId;
    private final long size;
    private final long partSize;
    private final Part[] parts;
    private final AtomicInteger next = new AtomicInteger();

    PartsCopy(S3Client client, S3Calls calls, Operation operation, CopyObjectArgs args, String uploadId, long size) {
        this.client = client;
        this.calls = calls;
        this.operation = operation;
        this.args = args;
        this.uploadId = uploadId;
        this.size = size;
        this.partSize = Math.max(PART_MIN, (size + PARTS_MAX - 1) / PARTS_MAX);
        this.parts = new Part[Math.toIntExact((size + partSize - 1) / partSize)];
    }

    /** Ends when no part is under way any more, also where one failed. */
    CompletableFuture<Part[]> copyAll() {
        CompletableFuture<?>[] lanes = Stream.generate(this::copyNext)
                .limit(Math.min(AT_ONCE, parts.length))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(lanes).thenApply(done -> parts);
    }

    private CompletableFuture<Void> copyNext() {
        int index = next.getAndIncrement();
        if (index >= parts.length) {
            return CompletableFuture.completedFuture(null);
        }
        long first = index * partSize;
        long last = Math.min(size, first + partSize) - 1;
        return calls.send(operation, () -> client.copyPart(args, uploadId, index + 1, first, last))
                .whenComplete((etag, thrown) -> {
                    if (thrown != null) {
                        // The other lanes need not go on.
                        next.set(parts.length);
                    }
                })
                .thenCompose(etag -> {
                    parts[index] = new Part(index + 1, etag);
                    return copyNext();
                });
    }
}
