package io.migrator.retention.sweep;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lease.DeletersLease;
import io.migrator.retention.hold.GuardedDeletion;
import io.migrator.store.ObjectStore;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deletes one backup, and the units of the pool that nobody names any more then. The marker of the deletion goes when both
 * are done: until then the same command ends what was begun.
 */
public final class ReclaimingDeletion {
    private final ObjectStore vault;
    private final Consumer<String> notes;

    /** @param notes gets a line where somebody is waited for */
    public ReclaimingDeletion(ObjectStore vault, Consumer<String> notes) {
        this.vault = vault;
        this.notes = notes;
    }

    /**
     * What came of it.
     *
     * @param objects of the backup itself
     * @param swept null where there was nothing to sweep for
     * @param notSwept why nothing could be swept; null where that was not so
     */
    public record Deleted(long objects, @Nullable Swept swept, @Nullable MigratorException notSwept) {}

    /**
     * @param force also what is held
     * @param reclaim whether to sweep
     */
    public Deleted delete(String name, boolean force, boolean reclaim) {
        GuardedDeletion deletion = new GuardedDeletion(vault, notes);
        Sweeping sweeping = new Sweeping();
        try (DeletersLease deleters = deletion.deleters("delete", () -> false)) {
            long objects = deletion.delete(
                    name, "delete", force, GuardedDeletion.LastLook.NONE, deleters, (maybeUnits, pooled) -> {
                        if (reclaim && maybeUnits) {
                            sweeping.run(deleters, pooled);
                        }
                    });
            return new Deleted(objects, sweeping.swept, sweeping.notSwept);
        }
    }

    private final class Sweeping {
        private @Nullable Swept swept;
        private @Nullable MigratorException notSwept;

        void run(DeletersLease deleters, boolean pooled) {
            try {
                PoolSweep sweep = new PoolSweep(vault, () -> {});
                if (sweep.applies()) {
                    swept = sweep.run(deleters.taken(), Instant.MAX);
                }
            } catch (MigratorException e) {
                // What another backup, or a later version, has in the way, the same command meets again; this backup
                // goes. So does one that needs no right to the pool, while somebody else has that.
                boolean others = e.failure() == Failure.LOCKED && !pooled;
                if (e.failure() != Failure.CORRUPT && e.failure() != Failure.UNSUPPORTED && !others) {
                    throw e;
                }
                notSwept = e;
            }
        }
    }
}
