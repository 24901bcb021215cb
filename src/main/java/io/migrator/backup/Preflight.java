package io.migrator.backup;

import io.migrator.backup.plan.SourceChanges;
import io.migrator.backup.pool.PooledBackup;
import io.migrator.backup.source.FlushStrategy;
import io.migrator.backup.source.SourceChecks;
import io.migrator.backup.state.BackupOptions;
import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.CollectionFaults;
import io.migrator.backup.state.FrozenCollection;
import io.migrator.backup.state.Places;
import io.migrator.backup.state.SourceSelection;
import io.migrator.batch.JobContext;
import io.migrator.batch.WorkerPool;
import io.migrator.check.PoolSafety;
import io.migrator.vault.VaultClaim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The step {@code preflight}: nothing is written anywhere until all that can be known beforehand is known to be right. */
final class Preflight {
    private final JobContext context;
    private final BackupOptions options;
    private final Places places;
    private final BackupState state;
    private final CollectionFaults faults;
    private final VaultClaim claim;
    private final SourceChecks checks;
    private final SourceChanges changes;
    private final BooleanSupplier stop;
    private final Optional<PooledBackup> pool;
    private boolean retried;

    /**
     * @param stop whether the run is to end, asked while it waits for another
     * @param pool where the backup is incremental
     */
    Preflight(
            JobContext context,
            BackupOptions options,
            Places places,
            BackupState state,
            CollectionFaults faults,
            VaultClaim claim,
            WorkerPool workers,
            BooleanSupplier stop,
            Optional<PooledBackup> pool) {
        this.context = context;
        this.options = options;
        this.places = places;
        this.state = state;
        this.faults = faults;
        this.claim = claim;
        this.stop = stop;
        this.pool = pool;
        this.checks = new SourceChecks(context, options, places);
        this.changes = new SourceChanges(context, places.source(), state, faults, workers);
    }

    /** Ends with the name taken and the list of collections in the job database. */
    FlushStrategy run() {
        context.progress().stage("preflight");
        checks.requireReady();
        FlushStrategy strategy = FlushStrategy.choose(options, places.source());
        boolean begun = !claim.look() && state.facts().find(BackupState.FROZEN).isPresent();
        if (begun) {
            goOn(strategy);
        } else {
            begin(strategy);
        }
        context.progress().begun();
        pool.ifPresent(shared -> shared.settle(begun, checks::select));
        // Rights are known by using them.
        places.vault().write(places.layout().ownDir() + "probe", new byte[0]);
        places.vault().delete(List.of(places.layout().ownDir() + "probe"));
        state.facts().put(BackupState.MILVUS_VERSION, places.source().version().text());
        return strategy;
    }

    private void begin(FlushStrategy strategy) {
        SourceSelection.Found found = checks.select();
        requireRootPath(strategy, found.collections());
        pool.ifPresent(this::look);
        // Not before: a backup refused for a mistake must not take the name from the one without it.
        // The list before may be of a backup that was deleted since: it must not outlive the new claim.
        state.facts().remove(BackupState.FROZEN);
        claim.claim(stop, false);
        state.begin(found, Instant.now());
        retried = true;
    }

    private void goOn(FlushStrategy strategy) {
        claim.requireNotTakenOver();
        if (!retried) {
            state.collections().retryLeftOut();
            faults.forget();
            retried = true;
        }
        changes.settle(claim.moved());
        requireRootPath(strategy, state.collections().all());
        pool.ifPresent(this::look);
        claim.claim(stop, true);
    }

    private void look(PooledBackup shared) {
        PoolSafety.require(places.vault(), options.incremental().ignoresRules()).forEach(context.progress()::note);
        shared.look();
    }

    private void requireRootPath(FlushStrategy strategy, List<FrozenCollection> collections) {
        if (strategy != FlushStrategy.META_ONLY) {
            checks.requireRootPath(collections);
        }
    }
}
