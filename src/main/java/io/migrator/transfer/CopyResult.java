package io.migrator.transfer;

import io.migrator.store.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param target the object written, present where the outcome is COPIED
 */
public record CopyResult(CopyRequest request, Outcome outcome, @Nullable StoredObject target) {
    /** How one copy ended; anything else is an exception of the whole batch. */
    public enum Outcome {
        COPIED,
        /** The source object was gone, or another one than was asked for. */
        VANISHED,
        /** A stop was asked for before this one began, or in the middle of it: nothing of it is at the target. */
        NOT_STARTED
    }
}
