package io.migrator.backup;

import io.migrator.backup.plan.RowsOwed;
import io.migrator.backup.pool.PooledBackup;
import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.CollectionFaults;
import io.migrator.backup.state.FrozenCollection;
import io.migrator.backup.state.Places;
import io.migrator.batch.JobContext;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.vault.FencedDeletes;
import io.migrator.vault.ProvenCopies;
import io.migrator.vault.VaultClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The step {@code verifyCopy}: every planned object lies in the vault as it was copied, and nothing else does. */
final class VerifyCopy {
    private final JobContext context;
    private final Places places;
    private final BackupState state;
    private final CollectionFaults faults;
    private final VaultClaim claim;
    private final RowsOwed owed;
    private final Optional<PooledBackup> pool;

    VerifyCopy(
            JobContext context,
            Places places,
            BackupState state,
            CollectionFaults faults,
            VaultClaim claim,
            RowsOwed owed,
            Optional<PooledBackup> pool) {
        this.context = context;
        this.places = places;
        this.state = state;
        this.faults = faults;
        this.claim = claim;
        this.owed = owed;
        this.pool = pool;
    }

    void run() {
        replanVanished();
        owed.requirePlanned();
        requirePlanned();
        context.progress().stage("verify");
        ProvenCopies copies = new ProvenCopies(state.plan(), places.vault(), places.layout());
        FencedDeletes strangers = new FencedDeletes(places.vault(), claim::requireOurs);
        long proven = pool.map(shared -> copies.require(shared.verify(strangers)))
                .orElseGet(() -> copies.require(claim::requireOurs));
        context.report().fact("objects_verified", proven);
    }

    /** Nothing may be deleted or described from a plan that is not whole. */
    private void requirePlanned() {
        List<FrozenCollection> open = new ArrayList<>(state.collections().notDescribed());
        open.addAll(state.collections().notPlanned());
        List<Long> empty = state.segments().withoutFiles();
        if (!open.isEmpty() || !empty.isEmpty()) {
            throw new IllegalStateException("without a plan: collections %s, segments %s".formatted(open, empty));
        }
    }

    private void replanVanished() {
        List<String> names = new ArrayList<>();
        for (long id : state.plan().ownersWithVanished()) {
            String name = state.collections().frozen(id).qualifiedName();
            MigratorException changed = changed(name);
            if (state.again(id) > BackupState.REPLANS && faults.canSpare(changed)) {
                faults.spare(id, changed);
            } else {
                names.add(name);
            }
        }
        if (!names.isEmpty()) {
            throw changed(String.join(", ", names));
        }
    }

    private static MigratorException changed(String names) {
        return MigratorException.unable(
                Failure.SOURCE_CHANGED,
                "copy all files of",
                names,
                "Milvus removed some while they were copied (compaction or garbage collection)",
                "Its segments are planned anew; copied files that are still needed are kept.");
    }
}
