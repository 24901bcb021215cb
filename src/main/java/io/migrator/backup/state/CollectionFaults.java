package io.migrator.backup.state;

import io.migrator.batch.FaultScope;
import io.migrator.copy.CopyFaults;
import io.migrator.failure.MigratorException;
import io.migrator.report.Progress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Leaves a collection that failed out of the backup, where {@link FaultScope} lets the others go on. For many threads. */
public final class CollectionFaults implements CopyFaults {
    private final FaultScope scope;
    private final BackupState state;
    private final Progress progress;
    private final Set<Long> leftOut = ConcurrentHashMap.newKeySet();

    public CollectionFaults(FaultScope scope, BackupState state, Progress progress) {
        this.scope = scope;
        this.state = state;
        this.progress = progress;
    }

    /** Whether the run goes on where Milvus alone was asked: there a missing right may concern one collection. */
    public boolean canSpareReading(MigratorException fault) {
        return scope.canSpareReading(fault);
    }

    @Override
    public boolean canSpare(MigratorException fault) {
        return scope.canSpare(fault);
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
