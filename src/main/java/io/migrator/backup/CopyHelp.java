package io.migrator.backup;

import io.migrator.backup.state.BackupOptions;
import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.CollectionFaults;
import io.migrator.batch.FaultScope;
import io.migrator.batch.JobContext;
import io.migrator.batch.PartitionWork;
import io.migrator.batch.RunFacts;
import io.migrator.batch.StepFactory;
import io.migrator.batch.Transactions;
import io.migrator.catalog.Catalog;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.CopySteps;
import io.migrator.copy.PlannedCopy;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Marker;
import io.migrator.lease.Footprint;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.BothStores;
import io.migrator.store.throttle.Throttle;
import io.migrator.transfer.CopyEngine;
import io.migrator.vault.VaultClaim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.springframework.batch.core.step.Step;

/** The copies of a backup that another process makes: what a worker does of its step {@code copyBinlogs}. */
public final class CopyHelp implements PartitionWork {
    static final String STEP = "copyBinlogs";

    private static final int LOOKED_FOR = 16;

    private final JobContext context;
    private final BackupOptions options;
    private final BothStores stores;
    private final ObjectStore bucket;
    private final ObjectStore vault;
    private final CopyEngine engine;

    /**
     * @param context of the run that is helped, with the configuration of this process
     * @param workers how many processes share its limits now
     * @param own whether the run is this process's, which has looked at its stores before
     * @throws MigratorException CONFLICT where the vault of this process does not hold that backup, or its source nothing of what
     *     is to be copied; as for a run where one of them cannot be used
     */
    public CopyHelp(JobContext context, IntSupplier workers, boolean own) {
        this.context = context;
        this.options = BackupOptions.of(context);
        Throttle throttle = options.throttle().sharedBy(workers);
        this.stores = BothStores.open(context.config(), throttle);
        this.bucket = stores.bucket();
        this.vault = stores.vault();
        boolean ready = false;
        try {
            if (!own) {
                stores.requireReachable();
                requireSameVault();
                requireSameSource();
                requireWritable();
            }
            this.engine = CopyEngine.between(
                    bucket, vault, options.transfer(), options.inFlight(), throttle, context.progress()::note);
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /** One address may be two places: what the run has written in its vault must be found in this one. */
    private void requireSameVault() {
        RunFacts facts = BackupState.in(context.transactions()).facts();
        Optional<String> run = facts.find(VaultClaim.RUN_ID);
        Optional<String> found = new Catalog(vault, vault.config().rootPath())
                .marker(context.name())
                .map(Marker::runId);
        if (run.isEmpty() || !found.equals(run) || !Footprint.mayBeIn(vault, facts)) {
            throw PartitionWork.elsewhere(
                    context,
                    "%s does not hold the backup that the run has begun"
                            .formatted(vault.config().display()));
        }
    }

    /**
     * In another source all would be missing, and be written down as vanished. Some may be: one that is there is enough,
     * and it may be one that was copied, where compaction took the last.
     */
    private void requireSameSource() {
        CopyPlan plan = BackupState.in(context.transactions()).plan();
        List<StoredObject> some = plan.someOfEachOwner(PlannedCopy.State.PLANNED, LOOKED_FOR);
        if (!some.isEmpty()
                && some.stream().noneMatch(this::inSource)
                && plan.someOfEachOwner(PlannedCopy.State.COPIED, LOOKED_FOR).stream()
                        .noneMatch(this::inSource)) {
            throw PartitionWork.elsewhere(
                    context,
                    "%s holds none of %d objects that the run is to copy, as %s"
                            .formatted(
                                    bucket.config().display(),
                                    some.size(),
                                    some.get(0).key()));
        }
    }

    private boolean inSource(StoredObject planned) {
        return bucket.find(planned.key())
                .filter(found -> found.size() == planned.size())
                .filter(found -> found.etag().isEmpty()
                        || planned.etag().isEmpty()
                        || found.etag().equals(planned.etag()))
                .isPresent();
    }

    /** By what the preflight of the run writes too: rights are known by using them. */
    private void requireWritable() {
        String probe = new VaultLayout(vault.config().rootPath(), context.name()).ownDir() + "probe";
        vault.write(probe, new byte[0]);
        vault.delete(List.of(probe));
    }

    @Override
    public Step step(StepFactory steps, String name, Transactions transactions, Progress done) {
        BackupState state = BackupState.in(transactions);
        CollectionFaults faults = new CollectionFaults(
                new FaultScope(options.onError(), stores::requireReachable), state, context.progress());
        return new CopySteps(steps, state.plan(), done, new RunReport()).part(name, options.chunk(), engine, faults);
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
