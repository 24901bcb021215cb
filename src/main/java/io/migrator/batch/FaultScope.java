package io.migrator.batch;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;

/**
 * Decides whether a fault ends the run or one collection, the same for backup and restore. With {@code on-error=continue}
 * what concerns a collection alone leaves that one out; what the next collection would meet as well always ends the run.
 * For many threads.
 */
public final class FaultScope {
    private final OnError onError;
    private final Runnable storesThere;

    /** @param storesThere fails where one of the two buckets is gone, which looks like files that are missing */
    public FaultScope(OnError onError, Runnable storesThere) {
        this.onError = onError;
        this.storesThere = storesThere;
    }

    /** Whether a fault of one collection leaves the others alone. */
    public boolean goOn() {
        return onError == OnError.CONTINUE;
    }

    /** Whether the run goes on without the collection. A bucket that is gone ends it with its own failure. */
    public boolean canSpare(MigratorException fault) {
        if (!goOn() || !mayConcernOne(fault.failure())) {
            return false;
        }
        if (fault.failure() == Failure.NOT_FOUND) {
            storesThere.run();
        }
        return true;
    }

    /** The same where Milvus alone was asked and only read: there a right may be missing for one collection. */
    public boolean canSpareReading(MigratorException fault) {
        return goOn() && (fault.failure() == Failure.DENIED || mayConcernOne(fault.failure()));
    }

    /** Names every failure, so that none can be added without a thought of this. */
    private static boolean mayConcernOne(Failure failure) {
        return switch (failure) {
            case SOURCE_CHANGED, SERVER_FAILED, NOT_FOUND, UNSUPPORTED, CONFLICT, CORRUPT, RESUME_REFUSED, PARTIAL ->
                true;
            // A server that is gone, throttles or is full is so for each collection, and each would be left out.
            case UNREACHABLE, THROTTLED, NO_ROOM -> false;
            // The key or the configuration is the same for all of them.
            case DENIED, USAGE -> false;
            // What was made has to be made anew, and the job planned anew with it.
            case TARGET_CHANGED -> false;
            case UNCLASSIFIED, STOPPED, OUT_OF_MEMORY, RESULT_UNTOLD, HOOK_FAILED, LOCKED, REPOSITORY -> false;
        };
    }
}
