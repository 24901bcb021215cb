package io.migrator.store.gcs;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.CopyWriter;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageException;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.CopyThreads;
import io.migrator.store.driver.Verb;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Lets the server rewrite objects, which it does at once or, between locations, in several answers. The source is looked
 * up before: its generation then is the only one that is copied.
 */
final class GcsCopy {
    private static final int THREADS = 64;
    /** Answers in a row that tell of no more bytes. */
    private static final int MOST_STILL = 100;

    private final Storage storage;
    private final GcsCalls calls;
    private final String bucket;
    private final Executor threads = CopyThreads.named("gcs-copy", THREADS);

    GcsCopy(Storage storage, GcsCalls calls, String bucket) {
        this.storage = storage;
        this.calls = calls;
        this.bucket = bucket;
    }

    CompletableFuture<StoredObject> copy(String sourceBucket, StoredObject source, String targetKey) {
        return CompletableFuture.supplyAsync(() -> copyNow(sourceBucket, source, targetKey), threads);
    }

    private StoredObject copyNow(String sourceBucket, StoredObject source, String targetKey) {
        Blob from = calls.call(Verb.COPY, source.key(), () -> {
            Blob found = storage.get(sourceBucket, source.key());
            if (found == null) {
                throw new StorageException(404, "no object " + source.key());
            }
            return found;
        });
        Content.requireSame(sourceBucket + "/" + source.key(), source, GcsTag.object(from));
        return calls.call(Verb.COPY, source.key(), () -> {
            CopyWriter writer = storage.copy(Storage.CopyRequest.newBuilder()
                    .setSource(BlobId.of(sourceBucket, source.key()))
                    .setSourceOptions(BlobSourceOption.generationMatch(from.getGeneration()))
                    .setTarget(BlobId.of(bucket, targetKey))
                    .build());
            int still = 0;
            while (!writer.isDone()) {
                long before = writer.getTotalBytesCopied();
                writer.copyChunk();
                still = writer.getTotalBytesCopied() > before ? 0 : still + 1;
                if (still > MOST_STILL) {
                    throw new IOException("the copy stands still at %d bytes".formatted(before));
                }
            }
            return GcsTag.object(writer.getResult());
        });
    }
}
