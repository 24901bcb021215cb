package io.migrator.transfer;

import io.migrator.config.StorageType;
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
import io.migrator.store.throttle.Room;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Reads from the source and writes to the target, through this process. Memory: copies in flight times what one of them
 * holds, see {@link #bufferMiB}. Each object's checksum is computed on the way and compared with what the source and the
 * target say of it, unless the target's server compares the MD5 that the source tells.
 */
final class StreamingCopy implements CopyWay {
    /** Of S3 a part that is being sent, outside the heap; a folder holds less. */
    private static final int OFF_HEAP_MIB = 5;
    /** A block of 8 MiB that is being sent and one of 4 MiB that was read, see {@link io.migrator.store.driver.BlockStream}. */
    private static final int ON_HEAP_MIB = 12;

    /** More streams than this fill no wire that 16 do not. */
    private static final int MOST_IN_FLIGHT = 16;

    private final ObjectStore source;
    private final ObjectStore target;
    private final Pace bytes;
    private final int mostInFlight;
    private final Room room;
    private final Executor threads;

    StreamingCopy(ObjectStore source, ObjectStore target, Pace bytes) {
        this(source, target, bytes, isSmall(source, target) ? Room.OFF_HEAP : Room.ON_HEAP);
    }

    /** @param room that all copies of the process have together, and whatever else needs such memory */
    StreamingCopy(ObjectStore source, ObjectStore target, Pace bytes, Room room) {
        this.room = room;
        this.source = source;
        this.target = target;
        this.bytes = bytes;
        this.mostInFlight = mostInFlight(Runtime.getRuntime().maxMemory(), bufferMiB());
        this.threads = CopyThreads.named("streaming-copy", mostInFlight);
    }

    /** Streams pay as they go. */
    @Override
    public boolean awaitTurn(CopyRequest request, BooleanSupplier stop) {
        return true;
    }

    /** What one copy holds of an object. */
    int bufferMiB() {
        return isSmall(source, target) ? OFF_HEAP_MIB : ON_HEAP_MIB;
    }

    private static boolean isSmall(ObjectStore source, ObjectStore target) {
        return Stream.of(source, target)
                .map(store -> store.config().type())
                .allMatch(type -> type.speaksS3() || type == StorageType.LOCAL);
    }

    /**
     * Of the heap, half: large blocks fit badly into it, and 16 of them into 256 MiB failed one time in four. What is outside
     * may be as much again as the heap, but others use of that, too.
     */
    static int mostInFlight(long heap, int bufferMiB) {
        long room = bufferMiB == OFF_HEAP_MIB ? heap / 4 * 3 : heap / 2;
        return (int) Math.max(1, Math.min(MOST_IN_FLIGHT, room / (bufferMiB << 20)));
    }

    @Override
    public CompletableFuture<StoredObject> copy(CopyRequest request, BooleanSupplier stop, LongConsumer moved) {
        return CompletableFuture.supplyAsync(
                () -> Retry.onceMoreWhereDamaged(() -> streamOnceThereIsRoom(request, stop, moved)), threads);
    }

    private StoredObject streamOnceThereIsRoom(CopyRequest request, BooleanSupplier stop, LongConsumer moved) {
        if (!room.take(bufferMiB(), stop)) {
            throw new MigratorException(Failure.STOPPED, "stopped before an object, which a restart copies");
        }
        try {
            return stream(request, stop, moved);
        } finally {
            room.give(bufferMiB());
        }
    }

    private StoredObject stream(CopyRequest request, BooleanSupplier stop, LongConsumer moved) {
        StoredObject from = request.source();
        String thing = source.config().display() + "/" + from.key();
        try (ObjectContent content = source.open(from.key())) {
            Content.requireSame(thing, from, content.object());
            CheckedContent checked = new CheckedContent(content, thing, from, target.md5Use(from.size()));
            InputStream paced = new PacedStream(checked, bytes, 1, from.size(), stop, moved);
            StoredObject written = target.write(request.targetKey(), paced, from.size(), checked);
            checked.requireWritten(written, target.config().display() + "/" + request.targetKey());
            return new StoredObject(request.targetKey(), from.size(), written.etag(), checked.checksum());
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
        return mostInFlight;
    }

    @Override
    public String name() {
        return CopyEngine.STREAMING;
    }
}
