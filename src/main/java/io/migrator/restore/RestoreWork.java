package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.batch.JobWork;
import io.migrator.batch.ListReader;
import io.migrator.batch.RunFacts;
import io.migrator.batch.StepFactory;
import io.migrator.catalog.Catalog;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.CopySteps;
import io.migrator.format.CollectionName;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.Milvus;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.ServerVersion;
import io.migrator.store.ObjectStore;
import io.migrator.store.Stores;
import io.migrator.store.Throttle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** The job {@code restore}: brings collections of a backup into Milvus, each row exactly once. */
public final class RestoreWork implements JobWork {
    private static final String COMPLETE = "restore_complete";
    private static final int UNITS_PER_CHUNK = 64;
    /** Milvus 2.3 works one import at a time and fails those that waited 900 s: keep one waiting, no more. */
    private static final int JOBS_IN_FLIGHT_2_3 = 2;

    private final JobContext context;
    private final MilvusTarget target;
    private final ObjectStore milvusStore;
    private final ObjectStore vault;
    private final Catalog catalog;
    private final RestoreTables tables;
    private final ImportLedger ledger;
    private final CopyPlan plan;
    private final RunFacts facts;
    private final Staging staging;
    private final SameBackup sameBackup;
    private List<Restored> items = List.of();
    private final Map<Long, CollectionName> names = new HashMap<>();

    public RestoreWork(JobContext context) {
        this.context = context;
        this.target = Milvus.target(context.config().milvus());
        Throttle throttle =
                Throttle.of(context.parameter("max-bytes-per-second"), context.parameter("max-requests-per-second"));
        this.milvusStore = Stores.throttled(Stores.open(context.config().milvusStorage()), throttle);
        this.vault = Stores.throttled(Stores.open(context.config().vault()), throttle);
        this.catalog = new Catalog(vault, context.config().vault().rootPath());
        this.tables = new RestoreTables(context.jdbc());
        this.ledger = new ImportLedger(context.jdbc());
        this.plan = new CopyPlan(context.jdbc());
        this.facts = new RunFacts(context.jdbc());
        this.staging = new Staging(context, milvusStore, vault, throttle);
        this.sameBackup = new SameBackup(layout(), vault, target, tables, facts);
    }

    @Override
    public Job define(JobRepository repository, StepFactory steps) {
        TargetCollections collections = new TargetCollections(target, catalog, context.name(), tables, ledger);
        String index = context.parameter("index");
        return new JobBuilder("restore", repository)
                .start(steps.single("preflight", this::preflight))
                .next(steps.<Restored>chunked(
                        "createCollections",
                        1,
                        new ListReader<>(() -> stage("create collections")),
                        chunk -> chunk.forEach(collections::create)))
                .next(steps.<Restored>chunked(
                        "createIndexes",
                        1,
                        new ListReader<>(() -> index.equals("none") ? List.of() : stage("create indexes")),
                        chunk -> chunk.forEach(item -> collections.createIndexes(item, index))))
                .next(steps.<Restored>chunked(
                        "planImport", 1, new ListReader<>(() -> items), chunk -> chunk.forEach(this::planImport)))
                .next(new CopySteps(steps, plan, context.progress(), context.report())
                        .step("stageSegments", context.number("chunk", 250), 2, staging::engine))
                .next(steps.single("verifyStaged", this::verifyStaged))
                .next(steps.<ImportUnit>chunked(
                        "importSegments",
                        UNITS_PER_CHUNK,
                        new ListReader<>(this::openUnits),
                        chunk -> new ImportSegments(
                                        target, ledger, names, jobsInFlight(), steps.stop(), context.progress())
                                .write(chunk)))
                .next(steps.single("removeStaged", this::removeStaged))
                .next(steps.single("verifyRestore", () -> new VerifyRestore(context, target, ledger, vault, planner())
                        .run(items, index.equals("yes"))))
                .next(steps.single("finish", this::finish))
                .build();
    }

    private List<Restored> stage(String name) {
        context.progress().stage(name, items.size(), 0);
        return items;
    }

    @Override
    public void warmUp() {
        target.version();
        milvusStore.requireReachable();
    }

    private void preflight() {
        context.progress().stage("preflight", 0, 0);
        RestorePreflight preflight = new RestorePreflight(context, catalog, target, tables);
        ServerVersion version = target.version();
        milvusStore.requireReachable();
        vault.requireReachable();
        items = preflight.select();
        items.forEach(item -> names.put(item.source().collectionId(), item.target()));
        preflight.requireFiles(items);
        preflight.requireNoConflict(items);
        if (sameBackup.begin(context.name())) {
            ledger.clear();
            tables.clear();
            plan.clear();
        }
        facts.remove(COMPLETE);
        boolean inPlace = staging.milvusReadsVault();
        if (!inPlace) {
            staging.requireWritable();
        }
        context.progress()
                .note(
                        inPlace
                                ? "Milvus reads the vault itself: nothing is staged"
                                : "files are staged under " + staging.dir());
        context.report().fact("milvus_version", version.text());
    }

    private void planImport(Restored item) {
        long source = item.source().collectionId();
        if (!ledger.of(source).isEmpty()) {
            return;
        }
        StagePlan stagePlan = new StagePlan(plan, layout());
        plan.remove(source);
        List<ImportPlanner.Bin> bins = planner().plan(item.source());
        bins.stream().filter(ImportPlanner.Bin::staged).forEach(bin -> stagePlan.add(source, bin));
        ledger.addAll(source, bins);
        context.report().fact("staged", plan.size() > 0);
    }

    private ImportPlanner planner() {
        return new ImportPlanner(target.version(), staging.milvusReadsVault(), layout(), staging.dir());
    }

    private VaultLayout layout() {
        return new VaultLayout(context.config().vault().rootPath(), context.name());
    }

    private List<ImportUnit> openUnits() {
        List<ImportUnit> open = ledger.open();
        context.progress()
                .stage(
                        "import",
                        open.size(),
                        open.stream().mapToLong(ImportUnit::bytes).sum());
        return open;
    }

    private int jobsInFlight() {
        return target.version().atLeast(2, 4, 0) ? context.config().backup().importJobs() : JOBS_IN_FLIGHT_2_3;
    }

    private void finish() {
        context.progress().stage("finish", 0, 0);
        String load = context.parameter("load");
        for (Restored item : items) {
            String database = item.target().database();
            String collection = item.target().collection();
            if (context.parameter("aliases").equals("yes")) {
                item.source().aliases().forEach(alias -> target.createAlias(database, collection, alias));
            }
            boolean wasLoaded = "Loaded".equals(item.source().loadState());
            if (load.equals("yes") || (load.equals("as-source") && wasLoaded)) {
                target.load(database, collection);
            }
        }
        facts.put(COMPLETE, "yes");
    }

    private void verifyStaged() {
        if (!ledger.open().isEmpty() && plan.size() > 0) {
            staging.requireWhole(plan);
        }
    }

    private void removeStaged() {
        if (plan.size() > 0) {
            staging.remove();
            plan.clear();
        }
    }

    @Override
    public boolean stillThere() {
        if (facts.find(COMPLETE).isEmpty() || !sameBackup.unchanged()) {
            return false;
        }
        return tables.all().stream().allMatch(created -> {
            Optional<Long> id = target.find(
                            created.target().database(), created.target().collection())
                    .map(found -> found.info().collectionId());
            return id.isPresent() && id.get() == created.targetId();
        });
    }

    @Override
    public void preview() {
        warmUp();
    }

    @Override
    public String done() {
        return "restored %s from backup %s into %s"
                .formatted(
                        tables.all().stream().map(RestoreTables.Created::target).toList(),
                        context.name(),
                        context.config().milvus().display());
    }

    @Override
    public void close() {
        try (target;
                milvusStore;
                vault) {
            items = List.of();
        }
    }
}
