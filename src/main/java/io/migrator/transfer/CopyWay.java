package io.migrator.transfer;

import io.migrator.store.StoredObject;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** How one object gets from the source to the target. */
interface CopyWay {
    /** Waits until the throttle lets the copy begin; false where a stop was asked for before. */
    boolean awaitTurn(CopyRequest request, BooleanSupplier stop);

    /**
     * Completes exceptionally with NOT_FOUND where the source, or one of the two buckets, is not there, and with STOPPED
     * where it was given up after a stop was asked for.
     *
     * @param moved told of bytes as they pass through this process; more than the object has where they passed twice
     */
    CompletableFuture<StoredObject> copy(CopyRequest request, BooleanSupplier stop, LongConsumer moved);

    /** How many it works on at the same time at most. */
    int mostInFlight();

    /** The word for the report. */
    String name();
}
