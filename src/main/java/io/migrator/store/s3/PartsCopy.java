package io.migrator.store.s3;

import io.minio.ComposeObjectArgs;
import io.minio.Http;
import io.minio.SourceObject;
import io.minio.UploadPartCopyArgs;
import io.minio.messages.Part;
import java.util.List;
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
    private final ComposeObjectArgs target;
    private final String uploadId;
    private final SourceObject from;
    private final long size;
    private final long partSize;
    private final Part[] parts;
    private final AtomicInteger next = new AtomicInteger();

    PartsCopy(
            S3Client client,
            S3Calls calls,
            Operation operation,
            String bucket,
            String targetKey,
            String uploadId,
            SourceObject from,
            long size) {
        this.client = client;
        this.calls = calls;
        this.operation = operation;
        // The builder of the part's own arguments is broken in minio 9.0.4: it calls a private constructor.
        this.target = ComposeObjectArgs.builder()
                .bucket(bucket)
                .object(targetKey)
                .sources(List.of(from))
                .build();
        this.uploadId = uploadId;
        this.from = from;
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
        UploadPartCopyArgs args = part(index);
        return calls.send(operation, () -> client.uploadPartCopy(args))
                .whenComplete((answer, thrown) -> {
                    if (thrown != null) {
                        // The other lanes need not go on.
                        next.set(parts.length);
                    }
                })
                .thenCompose(answer -> {
                    parts[index] = answer.part();
                    return copyNext();
                });
    }

    private UploadPartCopyArgs part(int index) {
        long first = index * partSize;
        long last = Math.min(size, first + partSize) - 1;
        Http.Headers headers = from.makeCopyHeaders();
        headers.put(Http.Headers.X_AMZ_COPY_SOURCE_RANGE, "bytes=" + first + "-" + last);
        return new UploadPartCopyArgs(target, uploadId, index + 1, headers);
    }
}
