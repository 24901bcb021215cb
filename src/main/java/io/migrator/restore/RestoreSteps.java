package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.batch.StopSignal;
import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.BackupInfo;
import io.migrator.format.CollectionInfo;
import io.migrator.format.CollectionName;
import io.migrator.format.DatabaseInfo;
import io.migrator.format.RunRecord;
import io.migrator.format.Selection;
import io.migrator.milvus.MilvusTarget;
import io.migrator.report.RunReport;
import io.migrator.verify.BackupProof;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What each step of a restore does. Every one may run again: it looks into the job's tables for what is left. */
final class RestoreSteps {
    static final String COMPLETE = "restore_complete";
    /** Milvus 2.3 works one import at a time and fails those that waited 900 s: keep one waiting, no more. */
    private static final int JOBS_IN_FLIGHT_2_3 = 2;

    private final RestoreParts parts;
    private final BooleanSupplier stopRequested;
    private final JobContext context;
    private final MilvusTarget target;
    private final Failures failures;
    private final TargetSetup setup;
    private final StagingFaults stagingFaults;
    private List<Restored> items = List.of();
    private Map<String, DatabaseInfo> databases = Map.of();
    private @Nullable BackupInfo backup;
    private @Nullable ImportPlanner planner;

    RestoreSteps(RestoreParts parts, BooleanSupplier stopRequested) {
        this.parts = parts;
        this.stopRequested = stopRequested;
        this.context = parts.context();
        this.target = parts.target();
        this.failures = parts.failures();
        this.setup = new TargetSetup(context, target);
        this.stagingFaults = new StagingFaults(parts);
    }

    /** Everything that can refuse a restore before it has touched the target. */
    void preflight() {
        context.progress().stage("preflight", 0, 0);
        choose();
        if (parts.sameBackup().begin(context.name())) {
            parts.ledger().clear();
            parts.tables().clear();
            parts.plan().clear();
            parts.staging().clear();
        }
        parts.facts().remove(COMPLETE);
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
    }

    /** Reads the backup and decides what goes where; only reads. */
    private void choose() {
        failures.clear();
        parts.check().lookAnew();
        parts.check().requireParameters();
        BackupInfo read = parts.catalog().read(context.name());
        BackupProof proof = new BackupProof(context, parts.vault(), stopRequested);
        RestorePreflight preflight = new RestorePreflight(context, parts.catalog(), read, failures, proof);
        preflight.requireVersions(target.version());
        parts.milvusStore().requireReachable();
        parts.vault().requireReachable();
        RestoreSelection selection = new RestoreSelection(context, read);
        items = selection.collections();
        databases = selection.databases();
        backup = read;
        planner = null;
        parts.orders().know(read, items);
        stagingFaults.know(items);
        preflight.requireSupported(items, target.version());
        preflight.requireFiles(items);
        requireCreatable();
        parts.check().requireTargets(items);
    }

    /** Before anything is touched: what has the name may be dropped to make room. */
    private void requireCreatable() {
        if (context.parameter("create").equals("no")) {
            return;
        }
        for (Restored item : items) {
            CollectionInfo source = item.source();
            failures.attempt(
                    item,
                    () -> target.requireCreatable(
                            item.target().database(),
                            item.target().collection(),
                            source,
                            parts.raws().of(source.collectionId())));
        }
    }

    void preview() {
        choose();
        new RestorePreview(parts, backup(), items).report(setup.missingDatabases(backup(), items, databases));
        if (context.parameter("rbac").equals("yes")) {
            setup.previewRbac(backup());
        }
    }

    private BackupInfo backup() {
        return Objects.requireNonNull(backup, "preflight reads the backup");
    }

    /** The collections that have not failed yet. */
    List<Restored> remaining() {
        return failures.without(items);
    }

    List<Restored> stage(String name) {
        List<Restored> remaining = remaining();
        context.progress().stage(name, remaining.size(), 0);
        return remaining;
    }

    void prepareTarget() {
        if (context.parameter("rbac").equals("yes")) {
            setup.addRbac(backup());
        }
        setup.createDatabases(setup.missingDatabases(backup(), items, databases));
    }

    void createCollections(List<Restored> chunk) {
        if (context.parameter("create").equals("no")) {
            ExistingCollections existing = new ExistingCollections(target, parts.tables());
            each("existing", chunk, existing::takeOver);
            return;
        }
        TargetCollections collections = new TargetCollections(
                target,
                parts.raws(),
                parts.check(),
                parts.tables(),
                parts.ledger(),
                context.parameter("drop-existing-collection").equals("yes"));
        each("create", chunk, collections::create);
    }

    void createIndexes(List<Restored> chunk) {
        TargetIndexes indexes = new TargetIndexes(
                target,
                parts.tables(),
                context.parameter("index"),
                context.parameter("drop-existing-index").equals("yes"));
        each("index", chunk, indexes::build);
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
        long source = item.source().collectionId();
        if (failures.has(source) || !parts.ledger().of(source).isEmpty()) {
            return;
        }
        StagePlan stagePlan = new StagePlan(parts.plan(), parts.layout());
        parts.plan().remove(source);
        List<ImportBin> bins = planner().plan(item.source());
        bins.stream().filter(ImportBin::staged).forEach(bin -> stagePlan.add(source, bin));
        parts.ledger().addAll(source, bins);
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

    StagingFaults stagingFaults() {
        return stagingFaults;
    }

    void verifyStaged() {
        context.report().fact("staged", parts.plan().size() > 0);
        if (!parts.ledger().open().isEmpty() && parts.plan().size() > 0) {
            parts.staging().requireWhole(parts.plan());
        }
    }

    List<ImportUnit> openUnits() {
        List<ImportUnit> open = parts.ledger().open();
        context.progress()
                .stage(
                        "import",
                        open.size(),
                        open.stream().mapToLong(ImportUnit::bytes).sum());
        return open;
    }

    ImportSegments imports(StopSignal stop) {
        ImportLedger ledger = parts.ledger();
        Orders orders = parts.orders();
        return new ImportSegments(
                target,
                ledger,
                new ImportSearch(target, ledger, parts.tables(), orders, context.progress(), stop),
                new ImportOutcome(target, ledger, parts.tables(), orders, context.progress()),
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
        PartitionProof proof =
                new PartitionProof(context, target, parts.ledger(), parts.tables(), parts.vault(), planner());
        new VerifyRestore(context, target, parts.raws(), proof, failures, this::requireNoStop).run(remaining());
    }

    void finish() {
        context.progress().stage("finish", 0, 0);
        each("finish", remaining(), this::finish);
        List<String> lacking = lacking();
        if (!lacking.isEmpty()) {
            context.report().fact(RunReport.LACKING, lacking);
        }
        failures.conclude(context);
        parts.facts().put(COMPLETE, "yes");
    }

    private void finish(Restored item) {
        CollectionName name = item.target();
        String load = context.parameter("load");
        if (context.parameter("aliases").equals("yes")) {
            item.source().aliases().forEach(alias -> target.createAlias(name.database(), name.collection(), alias));
        }
        boolean wasLoaded = "Loaded".equals(item.source().loadState());
        if (load.equals("yes") || (load.equals("as-source") && wasLoaded)) {
            target.load(name.database(), name.collection());
        }
    }

    /** What the backup was to hold and this restore would have taken. */
    private List<String> lacking() {
        Selection wanted = Selection.parse(context.parameter("collection"));
        String exclude = context.parameter("exclude");
        return parts.catalog().runRecord(context.name()).map(RunRecord::missing).orElse(List.of()).stream()
                .map(missing -> new CollectionName(missing.database(), missing.name()))
                .filter(wanted::matches)
                .filter(name -> exclude.isEmpty() || !Selection.parse(exclude).matches(name))
                .map(CollectionName::toString)
                .toList();
    }
}
