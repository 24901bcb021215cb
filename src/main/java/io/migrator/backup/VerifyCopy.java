package io.migrator.backup;

import io.migrator.backup.plan.RowsOwed;
import io.migrator.backup.pool.PooledBackup;
import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.CollectionFaults;
import io.migrator.backup.state.FrozenCollection;
import io.migrator.backup.state.Places;
import io.migrator.backup.vault.FencedDeletes;
import io.migrator.backup.vault.VaultClaim;
import io.migrator.batch.JobContext;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.CopyProof;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectStore;
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
        CopyPlan plan = state.plan();
        ObjectStore vault = places.vault();
        replanVanished();
        owed.requirePlanned();
        requirePlanned();
        context.progress().stage("verify", 0, 0);
        FencedDeletes strangers = new FencedDeletes(vault, claim::requireOurs);
        CopyProof.Result result = pool.map(shared -> shared.verify(strangers))
                .orElseGet(() -> new CopyProof(plan, vault, places.layout().dataDir()).verify(strangers));
        if (!result.damagedRows().isEmpty()) {
            plan.reopen(result.damagedRows());
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "verify",
                    vault.config().display() + "/" + places.layout().backupDir(),
                    "%s; first: %s"
                            .formatted(
                                    Counted.of(
                                            result.damagedRows().size(),
                                            "object is not as it was copied",
                                            "objects are not as they were copied"),
                                    result.damaged().get(0)),
                    "Run the same command again to copy them anew; if it happens again, the store loses data.");
        }
        context.report().fact("objects_verified", result.proven());
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
