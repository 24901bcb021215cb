package io.migrator.restore;

import io.migrator.batch.FaultScope;
import io.migrator.batch.JobContext;
import io.migrator.batch.PartitionWork;
import io.migrator.batch.RunFacts;
import io.migrator.batch.StepFactory;
import io.migrator.batch.Transactions;
import io.migrator.catalog.Catalog;
import io.migrator.copy.CopyFaults;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.CopySteps;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.lease.Footprint;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.restore.imports.ImportLedger;
import io.migrator.restore.staging.Staging;
import io.migrator.restore.staging.Unstaged;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.SameBackup;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.BothStores;
import io.migrator.store.throttle.Throttle;
import io.migrator.transfer.CopyEngine;
import java.util.Map;
import java.util.function.IntSupplier;
import org.springframework.batch.core.step.Step;

/** The copies before the imports of a restore that another process makes: what a worker does of its step {@code stageSegments}. */
public final class StageHelp implements PartitionWork {
    private final JobContext context;
    private final RestoreOptions options;
    private final BothStores stores;
    private final ObjectStore bucket;
    private final ObjectStore vault;
    private final CopyEngine engine;

    /**
     * @param context of the run that is helped, with the configuration of this process
     * @param workers how many processes share its limits now
     * @param own whether the run is this process's, which has looked at its stores before
     * @throws MigratorException CONFLICT where Milvus' bucket of this process is not the one that the run stages in, or its vault
     *     does not hold that backup; as for a run where one of them cannot be used
     */
    public StageHelp(JobContext context, IntSupplier workers, boolean own) {
        this.context = context;
        this.options = RestoreOptions.of(context);
        Throttle throttle = options.throttle().sharedBy(workers);
        this.stores = BothStores.open(context.config(), throttle);
        this.bucket = stores.bucket();
        this.vault = stores.vault();
        boolean ready = false;
        try {
            if (!own) {
                stores.requireReachable();
                requireSamePlaces();
            }
            this.engine = CopyEngine.between(
                    vault, bucket, options.transfer(), options.inFlight(), throttle, context.progress()::note);
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /** One address may be two places. In another vault all would be missing; in another bucket Milvus would find nothing. */
    private void requireSamePlaces() {
        RunFacts facts = new RunFacts(context.transactions());
        VaultLayout layout = new Catalog(vault, vault.config().rootPath()).layout(context.name());
        Staging staging = new Staging(context, options, bucket, vault, layout);
        if (!staging.isSigned(facts)) {
            throw PartitionWork.elsewhere(
                    context,
                    "%s is not the bucket that the run stages in"
                            .formatted(bucket.config().display()));
        }
        SameBackup same = new SameBackup(layout, vault, facts);
        if (same.changed(same.fingerprint()) || !Footprint.mayBeIn(vault, facts)) {
            throw PartitionWork.elsewhere(
                    context,
                    "%s does not hold the backup that the run restores"
                            .formatted(vault.config().display()));
        }
        staging.requireWritable();
    }

    @Override
    public Step step(StepFactory steps, String name, Transactions transactions, Progress done) {
        CopyPlan plan = new CopyPlan(transactions);
        CopyFaults faults = new Faults(
                new FaultScope(options.onError(), stores::requireReachable),
                transactions,
                new ImportLedger(transactions),
                plan,
                new Unstaged(new RunFacts(transactions)));
        return new CopySteps(steps, plan, done, new RunReport()).part(name, options.chunk(), engine, faults);
    }

    /** As {@link StagingFaults}, with the job database between the one that finds a fault and the one that tells it. */
    private record Faults(
            FaultScope scope, Transactions transactions, ImportLedger ledger, CopyPlan plan, Unstaged unstaged)
            implements CopyFaults {
        @Override
        public boolean canSpare(MigratorException fault) {
            return scope.canSpare(fault);
        }

        @Override
        public void spare(long collection, MigratorException fault) {
            StagingFaults.requireNotBegun(ledger, collection, fault);
            transactions.run(() -> {
                unstaged.add(collection, fault);
                ledger.forget(collection);
                plan.remove(collection);
            });
        }
    }

    @Override
    public String transfer() {
        return engine.transfer();
    }

    @Override
    public Map<String, Long> refused() {
        return engine.streamedAfterRefusal();
    }

    @Override
    public void close() {
        stores.close();
    }
}
