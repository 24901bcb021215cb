package io.migrator.backup;

import io.migrator.backup.plan.PartitionFilter;
import io.migrator.backup.plan.Placement;
import io.migrator.backup.plan.PlanWriter;
import io.migrator.backup.plan.RowTimes;
import io.migrator.backup.plan.RowsOwed;
import io.migrator.backup.plan.SchemaSteps;
import io.migrator.backup.plan.SegmentFinder;
import io.migrator.backup.plan.SegmentListing;
import io.migrator.backup.plan.SegmentReader;
import io.migrator.backup.pool.PooledBackup;
import io.migrator.backup.source.FlushStrategy;
import io.migrator.backup.source.GcPause;
import io.migrator.backup.source.SameSource;
import io.migrator.backup.state.BackupOptions;
import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.BackupSummary;
import io.migrator.backup.state.CollectionFaults;
import io.migrator.backup.state.LeftOut;
import io.migrator.backup.state.Places;
import io.migrator.batch.FaultScope;
import io.migrator.batch.JobContext;
import io.migrator.batch.JobWork;
import io.migrator.batch.StepFactory;
import io.migrator.batch.StopSignal;
import io.migrator.batch.WorkerPool;
import io.migrator.catalog.Catalog;
import io.migrator.copy.CopySteps;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.RunRecord;
import io.migrator.lease.Footprint;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.VaultLease;
import io.migrator.milvus.connect.Milvus;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyEngine;
import io.migrator.vault.LeasedCopies;
import io.migrator.vault.ProvenCopies;
import io.migrator.vault.SealedWrites;
import io.migrator.vault.VaultClaim;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;

/** The job {@code backup}: copies collections out of Milvus' bucket into the vault. The source is only read. */
public final class BackupWork implements JobWork {
    private static final int SEGMENTS_PER_CHUNK = 200;

    private final JobContext context;
    private final BackupOptions options;
    private final Places places;
    private final BackupState state;
    private final VaultLease lease;
    private final VaultClaim claim;
    private final CollectionFaults faults;
    private final PartitionFilter partitions;
    private final RowsOwed owed;
    private final SegmentFinder finder;
    private final WorkerPool workers;
    private final GcPause gcPause;
    private final Optional<PooledBackup> pool;
    private @Nullable CopyEngine engine;
    private @Nullable FlushStrategy strategy;
    private String shared = "";
    private String transfer = "";
    private boolean copiedAgain;

    public BackupWork(JobContext context) {
        this.context = context;
        this.options = BackupOptions.of(context);
        ObjectStore vault = Stores.throttled(Stores.open(context.config().vault()), options.throttle());
        String vaultRoot = context.config().vault().rootPath();
        VaultLayout plain = new VaultLayout(vaultRoot, context.name());
        this.places = new Places(
                Milvus.source(context.config().milvus()),
                Stores.throttled(Stores.open(context.config().milvusStorage()), options.throttle()),
                vault,
                options.incremental().on() ? PooledBackup.layout(plain, vaultRoot) : plain);
        this.state = BackupState.in(context.transactions());
        this.lease = new VaultLease(
                Stores.open(context.config().vault()), places.layout(), LeaseTerms.usual(), context.progress()::note);
        SameSource source = new SameSource(context, places.source());
        this.claim = new VaultClaim(
                context, vault, places.layout(), new Catalog(vault, vaultRoot), state.facts(), source, lease);
        this.faults = new CollectionFaults(
                new FaultScope(options.onError(), places::requireStores), state, context.progress());
        this.partitions = new PartitionFilter(options.partitions(), options.collections());
        this.owed = new RowsOwed(state, partitions);
        this.finder = new SegmentFinder(
                places.source(),
                new SegmentListing(
                        places.milvusStore(), context.config().milvusStorage().rootPath()),
                partitions);
        this.workers = new WorkerPool("backup", context.config().backup().backupCollections());
        this.gcPause = new GcPause(context, options.gcPause(), workers);
        this.pool = options.incremental().on()
                ? Optional.of(new PooledBackup(
                        context, options.incremental(), vault, places.layout(), state, workers, claim::requireOurs))
                : Optional.empty();
    }

    @Override
    public Job define(JobRepository repository, StepFactory steps) {
        Preflight preflight =
                new Preflight(context, options, places, state, faults, claim, workers, steps.stop()::requested, pool);
        SchemaSteps schemas = new SchemaSteps(places.source(), state, faults, partitions, workers, context.progress());
        CopySteps copies = new CopySteps(steps, state.plan(), context.progress(), context.report());
        SimpleJobBuilder job = new JobBuilder("backup", repository)
                .start(steps.single("preflight", () -> begin(preflight, steps)))
                .next(schemas.flush(steps, this::strategy))
                .next(schemas.readSchemas(steps, this::strategy))
                .next(steps.chunked(
                        "planCopy",
                        SEGMENTS_PER_CHUNK,
                        new SegmentReader(
                                finder,
                                new RowTimes(places.milvusStore()),
                                state,
                                partitions,
                                faults,
                                workers,
                                this::strategy,
                                context.progress()),
                        new PlanWriter(
                                state,
                                pool.map(PooledBackup::placement).orElseGet(() -> Placement.within(places.layout())),
                                faults,
                                context.progress())));
        if (pool.isPresent()) {
            job.next(steps.single("declare", pool.get()::declare));
        }
        return job.next(copyStep(steps, copies))
                .next(steps.single("verifyCopy", () -> verifyCopy(steps.helped())))
                .next(steps.single("writeManifests", this::writeManifests))
                .next(steps.conclusion("requireAll", this::requireAll))
                .build();
    }

    private Step copyStep(StepFactory steps, CopySteps copies) {
        return steps.remote()
                .map(others -> copies.remote(
                        CopyHelp.STEP,
                        options.chunk(),
                        others,
                        options.throttle(),
                        this::copyEngine,
                        claim::requireHeld,
                        way -> transfer = way))
                .orElseGet(() -> copies.step(
                        CopyHelp.STEP, options.chunk(), options.workers().threads(), this::copyEngine, faults));
    }

    @Override
    public void warmUp() {
        places.source().version();
        places.milvusStore().requireReachable();
    }

    private void begin(Preflight preflight, StepFactory steps) {
        FlushStrategy chosen = preflight.run();
        if (steps.remote().isPresent()) {
            Footprint.tell(state.facts(), lease.footprint());
        }
        strategy = chosen;
        context.report().fact("strategy", chosen.word());
        if (chosen != FlushStrategy.META_ONLY) {
            gcPause.begin(places.source().version(), state.collections().unfinished());
        }
    }

    /** Steps may be repeated in a later process, where preflight runs first as well. */
    private FlushStrategy strategy() {
        FlushStrategy chosen = strategy;
        if (chosen == null) {
            throw new IllegalStateException("no preflight");
        }
        return chosen;
    }

    private CopyEngine copyEngine() {
        CopyEngine chosen = CopyEngine.between(
                places.milvusStore(),
                places.vault(),
                options.transfer(),
                options.inFlight(),
                options.throttle(),
                context.progress()::note);
        engine = chosen;
        ProvenCopies proven = new ProvenCopies(state.plan(), places.vault(), places.layout());
        pool.map(PooledBackup::lookBefore)
                .ifPresentOrElse(
                        looked -> ProvenCopies.tell(looked, context.progress(), context.report()),
                        () -> proven.lookBefore(context.progress(), context.report()));
        return new LeasedCopies(chosen, claim);
    }

    /** @param shared whether a worker that lost its part may have written an object once more, which another had recorded */
    private void verifyCopy(boolean shared) {
        try {
            new VerifyCopy(context, places, state, faults, claim, owed, pool).run();
        } catch (MigratorException e) {
            if (!shared || copiedAgain || e.failure() != Failure.CORRUPT) {
                throw e;
            }
            copiedAgain = true;
            // Without its cause: the gravest of a chain ends the run.
            throw MigratorException.unable(
                    Failure.TARGET_CHANGED,
                    "verify",
                    context.name(),
                    e.reason() + ", as where a worker that lost its part wrote late",
                    "They are copied once more.");
        }
    }

    private void writeManifests() {
        List<RunRecord.Missing> missing = state.collections().leftOut();
        int all = state.collections().all().size();
        if (missing.size() == all) {
            // An empty backup would be one more thing to be taken for a good one.
            LeftOut.requireNone(context, missing, all);
        }
        String own = engine == null ? "" : engine.transfer();
        new WriteManifests(context, options, places, state, workers, claim, owed, pool)
                .run(claim.runId(), transfer.isEmpty() ? own : transfer);
        claim.release();
        pool.map(PooledBackup::hint).filter(hint -> !hint.isEmpty()).ifPresent(context.progress()::note);
        shared = pool.map(one -> "; " + BackupSummary.sentence(one.share())).orElse("");
    }

    /** Ends the run as partial where collections were left out; the same command then goes on with those. */
    private void requireAll() {
        LeftOut.requireNone(
                context,
                state.collections().leftOut(),
                state.collections().all().size());
    }

    @Override
    public boolean stillThere() {
        // The look at single objects that follows cannot tell a wrong key from a missing right.
        places.vault().requireReachable();
        boolean complete = claim.complete();
        if (complete) {
            new SealedWrites(places.vault(), places.layout())
                    .tellOther(context.config().seal().key(), context.progress(), context.report());
            tellOtherLabels();
        }
        return complete;
    }

    /** They were recorded when it was completed, and what is sealed does not change. */
    private void tellOtherLabels() {
        if (!context.given().contains("series") && !context.given().contains("tag")) {
            return;
        }
        new Catalog(places.vault(), places.vault().config().rootPath())
                .runRecord(context.name())
                .filter(run -> !run.series().equals(options.labels().series())
                        || !run.tags().equals(options.labels().tags()))
                .ifPresent(run -> context.progress()
                        .note("this backup was completed with series '%s' and tags '%s', and keeps them"
                                .formatted(run.series(), String.join(",", run.tags()))));
    }

    @Override
    public void preview(StopSignal stop) {
        new Preview(context, options, places, claim, finder, partitions, faults, workers, stop, pool).run();
    }

    @Override
    public String done() {
        return "backup %s of %s is complete in %s/%s%s"
                .formatted(
                        context.name(),
                        options.collections(),
                        places.vault().config().display(),
                        places.layout().backupDir(),
                        shared);
    }

    @Override
    public void close() {
        try (lease;
                places;
                workers) {
            gcPause.close();
        }
    }
}
