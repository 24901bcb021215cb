package io.migrator.transfer;

import io.migrator.store.StoredObject;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** How one object gets from the source to the target. */
interface CopyWay {
    /** Waits until the throttle lets the copy begin; false where a stop was asked for before. */
    boolean awaitTurn(CopyRequest request, BooleanSupplier stop);

    /**
     * Completes exceptionally with NOT_FOUND where the source, or one of the two buckets, is not there, and with STOPPED
     * where it was given up after a stop was asked for.
     */
    CompletableFuture<StoredObject> copy(CopyRequest request, BooleanSupplier stop);

    /** How many it works on at the same time at most. */
    int mostInFlight();

    /** The word for the report. */
    String name();
}
