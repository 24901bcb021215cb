package io.migrator.retention;

import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import io.migrator.catalog.BackupSummary;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lease.DeletersLease;
import io.migrator.retention.sweep.PoolHoldings;
import io.migrator.retention.sweep.PoolSweep;
import io.migrator.retention.sweep.Swept;
import io.migrator.retention.sweep.Swept.Amount;
import io.migrator.store.ObjectStore;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pool as an expire sees it. A vault without one costs two requests. */
final class ExpireSweep {
    private static final String FREED = "expire_freed";

    private final JobContext context;
    private final ObjectStore vault;
    private final ExpireOptions options;
    private final RunFacts facts;
    private final DeletersLease deleters;
    private final Runnable stop;
    private final PoolSweep sweep;
    private boolean pool;
    /** Why the pool is not one to sweep; null where it is, or there is none. */
    private @Nullable MigratorException unfit;
    /** Whether the pool is of a form that cannot be told, so that none of its backups can be restored. */
    private boolean formless;

    private Swept done = Swept.NOTHING;
    private @Nullable MigratorException refusal;

    ExpireSweep(
            JobContext context,
            ObjectStore vault,
            ExpireOptions options,
            RunFacts facts,
            DeletersLease deleters,
            BooleanSupplier signal) {
        this.context = context;
        this.vault = vault;
        this.options = options;
        this.facts = facts;
        this.deleters = deleters;
        this.stop = () -> requireGoing(signal);
        this.sweep = new PoolSweep(vault, stop);
    }

    private void requireGoing(BooleanSupplier signal) {
        if (signal.getAsBoolean()) {
            throw MigratorException.unable(
                    Failure.STOPPED,
                    "sweep",
                    vault.config().display(),
                    "stopped on request",
                    "Run the same command to go on where it stopped.");
        }
    }

    /**
     * UNSUPPORTED where a later version made the pool: its backups are not for this one to delete. Where the form cannot be
     * told, other backups are no worse for it.
     */
    void look() {
        unfit = null;
        formless = false;
        try {
            pool = sweep.applies();
        } catch (MigratorException e) {
            if (e.failure() != Failure.CORRUPT) {
                throw e;
            }
            pool = true;
            unfit = e;
            formless = sweep.noted();
        }
    }

    PoolHoldings holdings() {
        return pool ? PoolHoldings.of(vault, stop) : PoolHoldings.none();
    }

    /** Whether the backup cannot be restored for what is wrong with its list of units, or with the pool. */
    boolean damaged(BackupSummary backup, PoolHoldings holdings) {
        return backup.kind() == BackupSummary.Kind.POOL && (formless || holdings.unreadable(backup.name()));
    }

    /** What sweeps freed for the decisions that are taken now is nothing yet. */
    void forget() {
        facts.remove(FREED);
    }

    /** What a run before this one, which was killed after it, freed is added. */
    void run(Instant now) {
        if (pool && options.sweep()) {
            Amount before = freed();
            Swept swept = guarded(() -> sweep.run(deleters.taken(), youngerThan(now)));
            Amount all = before.plus(swept.freed());
            facts.put(FREED, "%d %d %d".formatted(all.units(), all.objects(), all.bytes()));
            done = new Swept(swept.pool(), swept.spared(), all, swept.strange(), swept.strangers());
            if (swept.strange() > 0) {
                context.progress().note(swept.toldOfStrangers());
            }
        }
    }

    private Amount freed() {
        String[] numbers = facts.find(FREED).orElse("0 0 0").split(" ", -1);
        return new Amount(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    Swept preview(Instant now, Predicate<String> staying) {
        return pool && options.sweep() ? guarded(() -> sweep.look(staying, youngerThan(now))) : Swept.NOTHING;
    }

    private Instant youngerThan(Instant now) {
        return options.grace()
                .map(grace -> grace.before(now, options.policy().zone()))
                .orElse(Instant.MAX);
    }

    private Swept guarded(Supplier<Swept> work) {
        try {
            refusal = null;
            if (unfit != null) {
                throw unfit;
            }
            return work.get();
        } catch (MigratorException e) {
            if (e.failure() != Failure.CORRUPT) {
                throw e;
            }
            refusal = e;
            return Swept.NOTHING;
        }
    }

    Swept done() {
        return done;
    }

    /** Why nothing could be swept; null where that is not so. */
    @Nullable
    MigratorException refusal() {
        return refusal;
    }
}
