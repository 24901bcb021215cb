package io.migrator.transfer;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.CopyThreads;
import io.migrator.store.driver.Retry;
import io.migrator.store.throttle.Pace;
import io.migrator.store.throttle.PacedStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Reads from the source and writes to the target, through this process. Memory: copies in flight times the part size of
 * the target store (8 MiB, less for smaller objects) and the block size of the source where it has one (4 MiB). Each object's MD5 is computed on the way and
 * compared with what the source and the target say of it.
 */
final class StreamingCopy implements CopyWay {
    /** What a store holds of an object that it writes, and one that it reads in blocks; see {@link io.migrator.store.driver.BlockStream}. */
    static final int BUFFER_MIB = 12;

    /** More streams than this fill no wire that 16 do not, and each may hold one part in memory. */
    private static final int MOST_IN_FLIGHT = mostInFlight(Runtime.getRuntime().maxMemory());

    private final ObjectStore source;
    private final ObjectStore target;
    private final Pace bytes;
    private final Executor threads;

    StreamingCopy(ObjectStore source, ObjectStore target, Pace bytes) {
        this.source = source;
        this.target = target;
        this.bytes = bytes;
        this.threads = CopyThreads.named("streaming-copy", MOST_IN_FLIGHT);
    }

    /** Streams pay as they go. */
    @Override
    public boolean awaitTurn(CopyRequest request, BooleanSupplier stop) {
        return true;
    }

    /** Half of the heap at most: large blocks fit badly into it, and 16 of them into 256 MiB failed one time in four. */
    static int mostInFlight(long heap) {
        return (int) Math.max(1, Math.min(16, heap / 2 / (BUFFER_MIB << 20)));
    }

    @Override
    public CompletableFuture<StoredObject> copy(CopyRequest request, BooleanSupplier stop) {
        return CompletableFuture.supplyAsync(() -> Retry.onceMoreWhereDamaged(() -> stream(request, stop)), threads);
    }

    private StoredObject stream(CopyRequest request, BooleanSupplier stop) {
        StoredObject from = request.source();
        String thing = source.config().display() + "/" + from.key();
        try (ObjectContent content = source.open(from.key())) {
            Content.requireSame(thing, from, content.object());
            CheckedContent checked = new CheckedContent(content, thing, from);
            InputStream paced = new PacedStream(checked, bytes, 1, from.size(), stop);
            StoredObject written = target.write(request.targetKey(), paced, from.size(), checked::md5);
            checked.requireWritten(written, target.config().display() + "/" + request.targetKey());
            return new StoredObject(request.targetKey(), from.size(), written.etag(), checked.md5());
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "copy",
                    thing,
                    "reading broke off: " + e.getMessage(),
                    "Run the same command again.",
                    e);
        }
    }

    @Override
    public int mostInFlight() {
        return MOST_IN_FLIGHT;
    }

    @Override
    public String name() {
        return CopyEngine.STREAMING;
    }
}
