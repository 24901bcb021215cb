package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.batch.StopSignal;
import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.MilvusTarget;
import io.migrator.report.Stage;
import io.migrator.restore.collections.ExistingCollections;
import io.migrator.restore.collections.TargetCollections;
import io.migrator.restore.collections.TargetIndexes;
import io.migrator.restore.collections.TargetSetup;
import io.migrator.restore.imports.ImportLedger;
import io.migrator.restore.imports.ImportOutcome;
import io.migrator.restore.imports.ImportPlanner;
import io.migrator.restore.imports.ImportSearch;
import io.migrator.restore.imports.ImportSegments;
import io.migrator.restore.imports.ImportUnit;
import io.migrator.restore.imports.Orders;
import io.migrator.restore.preflight.Chosen;
import io.migrator.restore.proof.PartitionProof;
import io.migrator.restore.proof.VerifyRestore;
import io.migrator.restore.state.Doubts;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.Restored;
import io.migrator.restore.state.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What each step of a restore does. Every one may run again: it looks into the job's tables for what is left. */
final class RestoreSteps {
    /** Milvus 2.3 works one import at a time and fails those that waited 900 s: keep one waiting, no more. */
    private static final int JOBS_IN_FLIGHT_2_3 = 2;

    private static final Duration LATE_CALL_2_3 = Duration.ofSeconds(10);

    private final RestoreParts parts;
    private final BooleanSupplier stopRequested;
    private final JobContext context;
    private final RestoreOptions options;
    private final MilvusTarget target;
    private final Failures failures;
    private final TargetSetup setup;
    private final StagingFaults stagingFaults;
    private final StagingSteps staging;
    private final Duration lateCall;
    private @Nullable Chosen chosen;
    private @Nullable ImportPlanner planner;

    /** @param lateCall how long an import call that was cut off may take to show in the server's list; 10 s at most in that of a 2.3 */
    RestoreSteps(RestoreParts parts, BooleanSupplier stopRequested, Duration lateCall) {
        this.parts = parts;
        this.stopRequested = stopRequested;
        this.context = parts.context();
        this.options = parts.options();
        this.target = parts.target();
        this.failures = parts.failures();
        this.setup = new TargetSetup(context, target, failures);
        this.stagingFaults = new StagingFaults(parts);
        this.staging = new StagingSteps(parts, stagingFaults);
        this.lateCall = lateCall;
    }

    /** Everything that can refuse a restore before it has touched the target. */
    void preflight() {
        context.progress().stage("preflight");
        String fingerprint = parts.sameBackup().fingerprint();
        parts.own().look();
        boolean anew = choose(parts.sameBackup().changed(fingerprint), false).anew();
        RestoreFinish.forget(parts.facts());
        if (anew) {
            forget();
        }
        parts.sameBackup().begin(fingerprint);
        boolean inPlace = parts.staging().milvusReadsVault();
        if (!inPlace) {
            parts.staging().requireWritable();
        }
        context.progress()
                .note(
                        inPlace
                                ? "Milvus reads the vault itself: nothing is staged"
                                : "files are staged under " + parts.staging().dir());
        context.report().fact("milvus_version", target.version().text());
        context.progress().begun();
    }

    private Chosen choose(boolean changed, boolean preview) {
        planner = null;
        Chosen now = new RestoreChoice(parts, stopRequested).choose(changed, preview);
        parts.orders().know(now.backup(), now.run(), now.items());
        stagingFaults.know(now.items());
        chosen = now;
        return now;
    }

    private void forget() {
        context.transactions().run(() -> {
            parts.ledger().clear();
            parts.tables().clear();
            parts.plan().clear();
            RestoreFinish.forgetAll(parts.facts());
        });
        parts.staging().clear();
    }

    void preview() {
        String fingerprint = parts.sameBackup().fingerprint();
        parts.own().look();
        Chosen now = choose(parts.sameBackup().changed(fingerprint), true);
        new RestorePreview(parts, now.backup(), remaining()).report(setup.missingDatabases(now));
        if (options.rbac()) {
            setup.previewRbac(now.backup());
        }
        failures.conclude(context, "The others can be restored.");
    }

    private Chosen chosen() {
        return Objects.requireNonNull(chosen, "preflight reads the backup");
    }

    /** The collections that have not failed yet. */
    List<Restored> remaining() {
        return failures.without(chosen().items());
    }

    List<Restored> stage(String name) {
        List<Restored> remaining = remaining();
        context.progress().stage(Stage.of(name, Stage.Unit.COLLECTION, remaining.size()));
        return remaining;
    }

    void prepareTarget() {
        if (parts.own().more().has(Wishes.RBAC)) {
            setup.addRbac(chosen().backup());
        }
        setup.createDatabases(setup.missingDatabases(chosen()), remaining());
    }

    void createCollections(List<Restored> all) {
        List<Restored> chunk = parts.own().withoutDone(all);
        if (!options.creates()) {
            ExistingCollections existing =
                    new ExistingCollections(target, parts.tables(), parts.others(), parts.flushes());
            each("existing", chunk, existing::takeOver);
            context.transactions().force();
            return;
        }
        TargetCollections collections = new TargetCollections(
                target,
                parts.raws(),
                parts.names(),
                parts.tables(),
                parts.ledger(),
                context.transactions(),
                parts.flushes(),
                options.dropCollection());
        each("create", chunk, collections::create);
        context.transactions().force();
    }

    void createIndexes(List<Restored> chunk) {
        TargetIndexes indexes = new TargetIndexes(target, parts.tables(), options.index(), options.dropIndex());
        List<Restored> wanted = chunk.stream()
                .filter(item ->
                        parts.own().wants(item, Wishes.INDEX) || parts.own().wants(item, Wishes.DROP_INDEX))
                .toList();
        each("index", wanted, indexes::build);
    }

    private void each(String name, List<Restored> chunk, Consumer<Restored> work) {
        try (WorkerPool pool = new WorkerPool(name, context.config().backup().restoreCollections())) {
            pool.map(chunk, item -> {
                requireNoStop();
                failures.attempt(item, () -> work.accept(item));
                context.progress().advance(1, 0);
                return item;
            });
        }
    }

    /** Between two collections nothing is half done. */
    private void requireNoStop() {
        if (stopRequested.getAsBoolean()) {
            throw MigratorException.unable(
                    Failure.STOPPED, "go on with restoring", context.name(), "stop requested", "Run it again.");
        }
    }

    void planImport(Restored item) {
        new ImportPlanning(parts).plan(item, this::planner);
        context.progress().advance(1, 0);
    }

    /** Whether Milvus reads the vault does not change in a run, and costs two requests. */
    private ImportPlanner planner() {
        ImportPlanner known = planner;
        if (known == null) {
            known = parts.planner();
            planner = known;
        }
        return known;
    }

    StagingSteps staging() {
        return staging;
    }

    List<ImportUnit> openUnits() {
        List<ImportUnit> open = parts.ledger().open();
        context.progress().stage(parts.ledger().stage(open));
        return open;
    }

    /** 2.3 lists a job before it answers, later servers list its files first. */
    private Duration lateCall() {
        boolean less = !target.version().atLeast(2, 4, 0) && lateCall.compareTo(LATE_CALL_2_3) > 0;
        return less ? LATE_CALL_2_3 : lateCall;
    }

    ImportSegments imports(StopSignal stop) {
        ImportLedger ledger = parts.ledger();
        Orders orders = parts.orders();
        return new ImportSegments(
                target,
                ledger,
                new ImportSearch(
                        target, ledger, parts.tables(), orders, context.progress(), stop, lateCall(), System::nanoTime),
                new ImportOutcome(target, ledger, parts.tables(), orders, context.progress()),
                parts.others(),
                orders,
                failures,
                jobsInFlight(),
                stop);
    }

    private int jobsInFlight() {
        return target.version().atLeast(2, 4, 0) ? context.config().backup().importJobs() : JOBS_IN_FLIGHT_2_3;
    }

    /** Not where collections failed: the rerun imports theirs from there. */
    void removeStaged() {
        if (failures.none() && parts.plan().size() > 0) {
            parts.staging().remove();
            parts.plan().clear();
        }
    }

    void verify() {
        PartitionProof proof = new PartitionProof(
                context,
                target,
                parts.ledger(),
                parts.tables(),
                parts.vault(),
                parts.layout(),
                planner(),
                parts.orders());
        Doubts doubts = new Doubts(parts.facts());
        new VerifyRestore(
                        context,
                        options,
                        target,
                        parts.raws(),
                        parts.tables(),
                        doubts,
                        proof,
                        failures,
                        this::requireNoStop)
                .run(remaining());
        // From here on users may change what is proven.
        context.transactions().force();
    }

    void finish() {
        context.progress().stage("finish");
        RestoreFinish finish = new RestoreFinish(parts);
        each("finish", remaining(), finish::finish);
        finish.conclude();
        finish.remember();
    }
}
