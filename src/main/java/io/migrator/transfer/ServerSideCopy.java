package io.migrator.transfer;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.CopyThreads;
import io.migrator.store.throttle.Pace;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Asks the target's server to copy; no byte and no waiting thread here. */
final class ServerSideCopy implements CopyWay {
    /** Measured: on 2 cores 16 are as fast as 128; a store far away needs its latency hidden, and 256 hide it. */
    private static final int MOST_IN_FLIGHT = 256;

    /** Looks that wait for an answer each. */
    private static final int MOST_LOOKS = 16;

    private final ObjectStore source;
    private final ObjectStore target;
    private final Pace bytes;
    private final Executor looks = CopyThreads.named("look-before-copy", MOST_LOOKS);

    ServerSideCopy(ObjectStore source, ObjectStore target, Pace bytes) {
        this.source = source;
        this.target = target;
        this.bytes = bytes;
    }

    @Override
    public boolean awaitTurn(CopyRequest request, BooleanSupplier stop) {
        return bytes.await(request.source().size(), stop);
    }

    @Override
    public CompletableFuture<StoredObject> copy(CopyRequest request, BooleanSupplier stop, LongConsumer moved) {
        StoredObject from = request.source();
        if (!from.etag().isEmpty() || source.config().sameServer(target.config())) {
            return target.copyFrom(source.config(), from, request.targetKey());
        }
        // At the target's address another server may have another object of that name: only the tag tells.
        return CompletableFuture.supplyAsync(() -> withTag(from), looks)
                .thenCompose(tagged -> target.copyFrom(source.config(), tagged, request.targetKey()));
    }

    private StoredObject withTag(StoredObject from) {
        String thing = source.config().display() + "/" + from.key();
        StoredObject found = source.find(from.key())
                .orElseThrow(() -> MigratorException.unable(
                        Failure.NOT_FOUND, "copy", thing, "the object does not exist", "Run the same command again."));
        Content.requireSame(thing, from, found);
        return new StoredObject(from.key(), from.size(), found.etag(), from.checksum());
    }

    @Override
    public int mostInFlight() {
        return MOST_IN_FLIGHT;
    }

    @Override
    public String name() {
        return "server-side";
    }
}
