package io.migrator.retention.hold;

import io.migrator.batch.ThisProcess;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.Deletion;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.HoldNote;
import io.migrator.format.own.Marker;
import io.migrator.lease.DeletersLease;
import io.migrator.lease.Fence;
import io.migrator.lease.Readers;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The one way to delete a backup. The deletion is a run like a backup: two of them, or one of each, are not at work on the
 * same name at once; what is held stays, and what somebody reads.
 */
public final class GuardedDeletion {
    private final ObjectStore vault;
    private final Catalog catalog;
    private final Leasing leasing;
    private final Consumer<String> notes;

    /** @param notes gets a line where somebody is waited for */
    public GuardedDeletion(ObjectStore vault, Consumer<String> notes) {
        this.vault = vault;
        this.catalog = new Catalog(vault, vault.config().rootPath());
        this.leasing = new Leasing(vault.config(), notes);
        this.notes = notes;
    }

    /** What is asked once more, with the backup's lease in hand, before anything of it is deleted; ends it by failing. */
    public interface LastLook {
        LastLook NONE = () -> {};

        void require();
    }

    /**
     * Deletes everything of a backup, complete or not.
     *
     * @param job what the lease says of us
     * @param force also what is held
     * @return the number of objects deleted
     * @throws MigratorException NOT_FOUND, LOCKED, CONFLICT where it is held or the store does not let it go
     */
    public long delete(String name, String job, boolean force, LastLook look) {
        try (DeletersLease deleters = deleters(job, () -> false)) {
            return delete(name, job, force, look, deleters, (maybeUnits, pooled) -> {});
        }
    }

    /** The right to the pool, not taken yet; to be closed by whoever asks for it. */
    public DeletersLease deleters(String job, BooleanSupplier stop) {
        PoolLayout pool = new PoolLayout(vault.config().rootPath());
        return new DeletersLease(() -> Stores.open(vault.config()), pool, job, notes, stop);
    }

    /** What is done when nothing is left of a backup but the marker of its deletion. */
    public interface Emptied {
        /**
         * @param maybeUnits whether units of the pool may have lost their last backup
         * @param pooled whether the backup was of the pool when it was found, so that the right to the pool is in hand
         */
        void run(boolean maybeUnits, boolean pooled);
    }

    /**
     * The same, as one of several.
     *
     * @param deleters taken where the backup has units in the pool, unless it is, and kept
     * @param emptied is done again where it is interrupted
     */
    public long delete(String name, String job, boolean force, LastLook look, DeletersLease deleters, Emptied emptied) {
        requireNobodyAtWork(name);
        requireNotHeld(name, force);
        catalog.requireReleased(name);
        if (!catalog.exists(name)) {
            // Fails, and names the nearest.
            return catalog.delete(name);
        }
        return leasing.with(name, job, lease -> {
            // A hold is set with the lease in hand: what is seen now stays so.
            requireNotHeld(name, force);
            look.require();
            Readers readers = new Readers(vault, layout(name), notes);
            readers.requireNone();
            return catalog.delete(name, lease, new Deletion() {
                private boolean pooled;

                @Override
                public void marked() {
                    readers.requireNone();
                    // With the marker there: a backup that stays after all is still held.
                    vault.delete(List.of(layout(name).hold()));
                }

                @Override
                public Fence pool() {
                    pooled = true;
                    return deleters.taken();
                }

                @Override
                public void emptied(boolean maybeUnits) {
                    emptied.run(maybeUnits, pooled);
                }
            });
        });
    }

    /** A run of a version that knows no lease. */
    private void requireNobodyAtWork(String name) {
        Marker marker = marker(name).orElse(null);
        if (marker != null
                && !catalog.leased(name)
                && ThisProcess.look().isAlive(marker.host(), marker.pid(), marker.startedAt())) {
            throw MigratorException.unable(
                    Failure.LOCKED,
                    "delete",
                    name,
                    "process %d of this machine has been making it since %s"
                            .formatted(marker.pid(), marker.startedAt()),
                    "Stop that process first.");
        }
    }

    /** A deletion that was begun was allowed, and nobody can hold what it left. */
    private void requireNotHeld(String name, boolean force) {
        if (force || marker(name).filter(Marker::deleting).isPresent()) {
            return;
        }
        HoldNote hold = catalog.hold(name).orElse(null);
        if (hold != null && hold.holds(VaultClock.of(vault.config()).forHolds(vault.config()))) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "delete",
                    name,
                    "it is %s%s".formatted(hold.told(), hold.by().isEmpty() ? "" : " (by %s)".formatted(hold.by())),
                    "Let it go first (release -n %s), or delete it with --force.".formatted(name));
        }
    }

    private Optional<Marker> marker(String name) {
        try {
            return catalog.marker(name);
        } catch (MigratorException e) {
            if (e.failure() == Failure.CORRUPT) {
                // A damaged marker names nobody; the backup has to stay deletable.
                return Optional.empty();
            }
            throw e;
        }
    }

    private VaultLayout layout(String name) {
        return new VaultLayout(vault.config().rootPath(), name);
    }
}
