package io.migrator.store;

import java.util.concurrent.CompletableFuture;

/** How one object gets from the source to the target. */
interface CopyWay {
    /** Completes exceptionally with NOT_FOUND where the source, or one of the two buckets, is not there. */
    CompletableFuture<StoredObject> copy(CopyRequest request);

    /** The word for the report. */
    String name();
}
