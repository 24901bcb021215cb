package io.migrator.lease;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.store.ObjectStore;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The right to delete backups that have units in the pool, and to sweep it: one run of all machines has it. Taken when it
 * is first needed, so that who deletes other backups asks for nothing.
 */
public final class DeletersLease implements Fence, AutoCloseable {
    private final Supplier<ObjectStore> connection;
    private final PoolLayout pool;
    private final String job;
    private final Consumer<String> notes;
    private final BooleanSupplier stop;
    private @Nullable VaultLease lease;
    private boolean lost;

    /**
     * @param connection opens one to the vault for the lease alone
     * @param job what the lease says of us
     * @param stop asked while another's lease is watched
     */
    public DeletersLease(
            Supplier<ObjectStore> connection,
            PoolLayout pool,
            String job,
            Consumer<String> notes,
            BooleanSupplier stop) {
        this.connection = connection;
        this.pool = pool;
        this.job = job;
        this.notes = notes;
        this.stop = stop;
    }

    /** This right, taken now unless it was before. LOCKED where another run has it and is alive. */
    public synchronized Fence taken() {
        if (lease == null) {
            VaultLease wanted = new VaultLease(connection.get(), pool.deleterLease(), LeaseTerms.usual(), notes);
            try {
                wanted.take(LeaseHolder.of(UUID.randomUUID().toString(), job), stop);
            } catch (MigratorException e) {
                wanted.close();
                throw e;
            }
            lease = wanted;
        }
        return this;
    }

    /** Whether another run has it by now: what is left to delete is its work. */
    public synchronized boolean lost() {
        return lost;
    }

    @Override
    public void requireHeld() {
        asked(held()::requireHeld);
    }

    @Override
    public void confirm() {
        asked(held()::confirm);
    }

    private synchronized VaultLease held() {
        if (lease == null) {
            throw new IllegalStateException("the lease was not taken");
        }
        return lease;
    }

    private void asked(Runnable question) {
        try {
            question.run();
        } catch (MigratorException e) {
            if (e.failure() == Failure.LOCKED) {
                synchronized (this) {
                    lost = true;
                }
            }
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        VaultLease taken = lease;
        lease = null;
        if (taken != null) {
            taken.close();
        }
    }
}
