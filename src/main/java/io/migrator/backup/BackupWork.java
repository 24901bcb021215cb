package io.migrator.backup;

import io.migrator.batch.JobContext;
import io.migrator.batch.JobWork;
import io.migrator.batch.RunFacts;
import io.migrator.batch.StepFactory;
import io.migrator.catalog.Catalog;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.CopyProof;
import io.migrator.copy.CopySteps;
import io.migrator.format.CollectionInfo;
import io.migrator.format.CollectionName;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.Milvus;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.ServerVersion;
import io.migrator.store.CopyEngine;
import io.migrator.store.ObjectStore;
import io.migrator.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** The job {@code backup}: copies collections out of Milvus' bucket into the vault. The source is only read. */
public final class BackupWork implements JobWork {
    private static final String STARTED_AT = "started_at";
    private static final String MILVUS_VERSION = "milvus_version";
    private static final int SEGMENTS_PER_CHUNK = 100;

    private final JobContext context;
    private final List<CollectionName> selection;
    private final MilvusSource source;
    private final ObjectStore milvusStore;
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final BackupTables tables;
    private final CopyPlan plan;
    private final RunFacts facts;
    private final VaultClaim claim;
    private final GcPause gcPause;
    private @Nullable CopyEngine engine;

    public BackupWork(JobContext context) {
        this.context = context;
        this.selection = CollectionName.parseList(context.parameter("collection"));
        this.source = Milvus.source(context.config().milvus());
        this.milvusStore = Stores.open(context.config().milvusStorage());
        this.vault = Stores.open(context.config().vault());
        this.layout = new VaultLayout(context.config().vault().rootPath(), context.name());
        this.tables = new BackupTables(context.jdbc());
        this.plan = new CopyPlan(context.jdbc());
        this.facts = new RunFacts(context.jdbc());
        this.claim = new VaultClaim(
                context,
                vault,
                layout,
                new Catalog(vault, context.config().vault().rootPath()),
                facts);
        this.gcPause = new GcPause(context);
    }

    @Override
    public Job define(JobRepository repository, StepFactory steps) {
        SchemaSteps schemas = new SchemaSteps(context, source, tables, selection);
        SegmentListing listing =
                new SegmentListing(milvusStore, context.config().milvusStorage().rootPath());
        CopySteps copies = new CopySteps(steps, plan, context.progress(), context.report());
        return new JobBuilder("backup", repository)
                .start(steps.single("preflight", () -> preflight(schemas)))
                .next(schemas.readSchemas(steps))
                .next(schemas.flush(steps))
                .next(steps.chunked(
                        "planCopy",
                        SEGMENTS_PER_CHUNK,
                        new SegmentReader(source, listing, tables, plan, context.progress()),
                        new PlanWriter(tables, plan, layout)))
                .next(copies.step(
                        "copyBinlogs", context.number("chunk", 250), context.number("workers", 2), this::copyEngine))
                .next(steps.single("verifyCopy", this::verify))
                .next(steps.single("writeManifests", this::writeManifests))
                .build();
    }

    @Override
    public void warmUp() {
        source.version();
        milvusStore.requireReachable();
    }

    private void preflight(SchemaSteps schemas) {
        context.progress().stage("preflight", 0, 0);
        ServerVersion version = source.version();
        milvusStore.requireReachable();
        vault.requireReachable();
        RootPathCheck rootPath =
                new RootPathCheck(milvusStore, context.config().milvusStorage().rootPath());
        List<CollectionInfo> found = new ArrayList<>();
        for (CollectionName name : selection) {
            CollectionInfo now =
                    source.describe(name.database(), name.collection()).info();
            rootPath.require(now, source.segments(name.database(), name.collection(), false));
            found.add(now);
        }
        // Not before: a backup refused for a mistake must not take the name from the one without it.
        if (claim.claim()) {
            tables.clear();
            plan.clear();
        }
        vault.write(layout.ownDir() + "probe", new byte[0]);
        vault.delete(List.of(layout.ownDir() + "probe"));
        found.forEach(schemas::requireUnchanged);
        facts.put(MILVUS_VERSION, version.text());
        if (facts.find(STARTED_AT).isEmpty()) {
            facts.put(STARTED_AT, Instant.now().toString());
        }
        gcPause.begin();
    }

    private CopyEngine copyEngine() {
        CopyEngine chosen = Stores.copyEngine(
                milvusStore,
                vault,
                Stores.Transfer.valueOf(context.parameter("transfer").toUpperCase(Locale.ROOT)),
                context.number("in-flight", context.config().backup().copyInFlight()));
        engine = chosen;
        long adopted = new CopyProof(plan, vault, layout.binlogsDir()).adoptExisting();
        if (adopted > 0) {
            context.progress().note(adopted + " objects are already in the vault and proven");
            context.report().fact("objects_kept", adopted);
        }
        return chosen;
    }

    private void verify() {
        new VerifyCopy(context, tables, plan, vault, layout, claim).run();
    }

    private void writeManifests() {
        String transfer = engine == null ? "" : engine.transfer();
        context.report().fact("transfer", transfer);
        new WriteManifests(context, tables, plan, vault, layout)
                .run(
                        claim.runId(),
                        Instant.parse(facts.find(STARTED_AT).orElseThrow()),
                        facts.find(MILVUS_VERSION).orElse(""),
                        transfer);
        claim.release();
    }

    @Override
    public boolean stillThere() {
        // The look at single objects that follows cannot tell a wrong key from a missing right.
        vault.requireReachable();
        return claim.complete();
    }

    @Override
    public void preview() {
        warmUp();
    }

    @Override
    public String done() {
        return "backup %s of %s is complete in %s/%s"
                .formatted(context.name(), selection, vault.config().display(), layout.backupDir());
    }

    @Override
    public void close() {
        try (source;
                milvusStore;
                vault) {
            gcPause.close();
        }
    }
}
