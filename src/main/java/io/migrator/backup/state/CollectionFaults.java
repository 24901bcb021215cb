package io.migrator.backup.state;

import io.migrator.copy.CopyFaults;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.report.Progress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides whether a fault ends the run or one collection. With {@code on-error=continue} what concerns a collection alone
 * leaves it out of the backup; what the next collection would meet as well always ends the run. For many threads.
 */
public final class CollectionFaults implements CopyFaults {
    private static final Set<Failure> OF_THE_RUN = Set.of(
            Failure.UNCLASSIFIED,
            Failure.UNREACHABLE,
            Failure.LOCKED,
            Failure.REPOSITORY,
            Failure.STOPPED,
            Failure.USAGE);

    private final boolean goOn;
    private final Places places;
    private final BackupState state;
    private final Progress progress;
    private final Set<Long> leftOut = ConcurrentHashMap.newKeySet();

    public CollectionFaults(boolean goOn, Places places, BackupState state, Progress progress) {
        this.goOn = goOn;
        this.places = places;
        this.state = state;
        this.progress = progress;
    }

    /** Whether the run goes on where Milvus alone was asked: there a missing right may concern one collection. */
    public boolean canSpareInMilvus(MigratorException fault) {
        return goOn && !OF_THE_RUN.contains(fault.failure());
    }

    /** {@inheritDoc} A bucket that is gone looks like files that are missing: it ends the run with its own failure. */
    @Override
    public boolean canSpare(MigratorException fault) {
        if (!canSpareInMilvus(fault) || fault.failure() == Failure.DENIED) {
            return false;
        }
        if (fault.failure() == Failure.NOT_FOUND) {
            places.milvusStore().requireReachable();
            places.vault().requireReachable();
        }
        return true;
    }

    @Override
    public void spare(long collection, MigratorException fault) {
        leftOut.add(collection);
        state.leaveOut(collection, String.valueOf(fault.getMessage()));
        progress.note("leaving out a collection: " + fault.getMessage());
    }

    /** Whether this run has left it out. */
    public boolean hasLeftOut(long collection) {
        return leftOut.contains(collection);
    }

    /** Begins anew with nothing left out. */
    public void forget() {
        leftOut.clear();
    }
}
