package io.migrator.retention.sweep;

import io.migrator.catalog.Catalog;
import io.migrator.catalog.Deletion;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.lease.Fence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deletes backups with the program's own code, and sweeps with it: a {@code delete}, or an {@code expire} of several. */
final class ModelDeleter extends ModelActor {
    private final List<String> names;
    private final boolean sweeps;
    private Fence deleters;

    ModelDeleter(World world, List<String> names, boolean sweeps) {
        super(world);
        this.names = names;
        this.sweeps = sweeps;
    }

    @Override
    void work() {
        for (String name : names) {
            delete(name);
        }
        if (sweeps) {
            sweep(pool());
        }
    }

    private void delete(String name) {
        Optional<Fence> own = take(new VaultLayout("", name).lease());
        if (own.isEmpty()) {
            return;
        }
        try {
            new Catalog(
                            world.mutant() == Mutant.LIST_GOES_FIRST
                                    ? MutantParts.listFirst(store(), this::dieAtTimes)
                                    : store(),
                            "")
                    .delete(name, own.get(), new Deletion() {
                        @Override
                        public Fence pool() {
                            return world.mutant() == Mutant.DELETES_WITHOUT_LEASE
                                    ? Fence.NONE
                                    : ModelDeleter.this.pool();
                        }
                    });
        } catch (MigratorException e) {
            if (e.failure() != Failure.NOT_FOUND) {
                throw e;
            }
        }
        giveBack(own.get());
    }

    private void dieAtTimes() {
        if (world.vault().in(2) == 0) {
            actor().die();
        }
    }

    private Fence pool() {
        if (deleters == null) {
            deleters = take(POOL.deleterLease()).orElseThrow(() -> new MigratorException(Failure.LOCKED, "deleter"));
        }
        return deleters;
    }

    private void sweep(Fence fence) {
        if (MutantParts.sweeps(world.mutant())) {
            MutantParts.sweep(world.mutant(), store(), fence);
        } else {
            new PoolSweep(store(), () -> {}).run(fence, Instant.MAX);
        }
    }
}
