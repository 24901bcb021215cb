package io.migrator.retention.sweep;

import io.migrator.config.StorageConfig;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.own.OwnJson;
import io.migrator.lease.Fence;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.VaultLease;
import io.migrator.retention.sweep.Turns.Actor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every process of the model has: its connection to the vault, and the program's own leases. */
abstract class ModelActor implements Runnable {
    static final PoolLayout POOL = new PoolLayout("");
    private static final LeaseTerms TERMS = new LeaseTerms(Duration.ofHours(1));
    private static final LeaseHolder SELF = LeaseHolder.of("", "");
    private static final int TRIES = 40;

    final World world;
    private final List<VaultLease> leases = new ArrayList<>();
    private Actor actor;
    private ModelStore store;

    ModelActor(World world) {
        this.world = world;
    }

    /** What all share. */
    record World(ModelVault vault, StorageConfig config, Map<String, Actor> holders, Mutant mutant) {
        World(ModelVault vault, StorageConfig config, Mutant mutant) {
            this(vault, config, new HashMap<>(), mutant);
        }
    }

    void is(Actor self) {
        actor = self;
        store = new ModelStore(world.vault(), world.config(), self);
    }

    Actor actor() {
        return actor;
    }

    ModelStore store() {
        return store;
    }

    abstract void work() throws IOException;

    @Override
    public final void run() {
        try {
            work();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (MigratorException expected) {
            switch (expected.failure()) {
                case LOCKED, STOPPED, NOT_FOUND, CONFLICT, CORRUPT -> {}
                default -> throw expected;
            }
        } finally {
            for (VaultLease lease : leases) {
                close(lease);
            }
        }
    }

    private static void close(VaultLease lease) {
        try {
            lease.close();
        } catch (Turns.Death alreadyDead) {
            // Its thread has ended all the same.
        }
    }

    /** Empty where somebody alive has it, for as long as this waits. One of a process that is dead or asleep is taken over. */
    Optional<Fence> take(String key) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            VaultLease lease = new VaultLease(store, key, TERMS, line -> {});
            leases.add(lease);
            try {
                lease.take(new LeaseHolder(holder(key), "model", SELF.process(), SELF.mark()), () -> true);
                return Optional.of(new Watched(lease));
            } catch (MigratorException e) {
                leases.remove(lease);
                lease.close();
                actor.step("wait for " + key);
            }
        }
        return Optional.empty();
    }

    /** The program takes over what it has seen unchanged for long; here that time is over whenever the holder is silent. */
    private String holder(String key) {
        String holder = world.vault()
                .get(key)
                .map(held -> holderOf(held.content()))
                .filter(other -> !world.holders().containsKey(other)
                        || world.holders().get(other).silent())
                .orElse(actor + "-" + world.holders().size());
        world.holders().put(holder, actor);
        return holder;
    }

    private static String holderOf(byte[] lease) {
        try {
            return OwnJson.readLease(lease).holder();
        } catch (DamagedMetaException e) {
            return "";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void giveBack(Fence fence) {
        if (fence instanceof Watched watched) {
            leases.remove(watched.lease);
            watched.lease.close();
        }
    }

    /** Asks the vault where the process was away since it was last sure, as the program does by its clocks. */
    private final class Watched implements Fence {
        private final VaultLease lease;
        private int sureAt;

        Watched(VaultLease lease) {
            this.lease = lease;
            this.sureAt = actor.sleeps();
        }

        @Override
        public void requireHeld() {
            if (sureAt == actor.sleeps()) {
                lease.requireHeld();
            } else {
                confirm();
            }
        }

        @Override
        public void confirm() {
            int before = actor.sleeps();
            lease.confirm();
            // What was slept through after the vault answered is not known to it.
            sureAt = before;
        }
    }
}
