package io.migrator.verify;

import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import io.migrator.batch.WorkerPool;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.FileCheck;
import io.migrator.catalog.Finding;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.BackupInfo;
import io.migrator.format.MetaFile;
import io.migrator.format.VaultLayout;
import io.migrator.store.ObjectStore;
import io.migrator.store.PacedReads;
import io.migrator.store.Throttle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What each step of a verify does. Listings are always whole and always anew; what was read is not read again. */
final class VerifySteps {
    private static final String STAMP = "verify_stamp";
    private static final String SEED = "verify_seed";
    private static final String PLANNED = "verify_planned";
    private static final String CONCLUDED = "verify_concluded";
    private static final long MOST_SEED = 1_000_000_000;

    private final JobContext context;
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final Catalog catalog;
    private final VerifyTables tables;
    private final RunFacts facts;
    private final DeepProof proof;
    private final VerifyReport report;
    private MetaCheck.@Nullable Described described;
    private @Nullable FileCheck listed;
    private Share share = Share.of("", 0);

    VerifySteps(
            JobContext context,
            ObjectStore vault,
            Throttle throttle,
            WorkerPool pool,
            VerifyReport report,
            BooleanSupplier stop) {
        this.context = context;
        this.vault = vault;
        this.layout = new VaultLayout(context.config().vault().rootPath(), context.name());
        this.catalog = new Catalog(vault, context.config().vault().rootPath());
        this.tables = new VerifyTables(context.jdbc());
        this.facts = new RunFacts(context.jdbc());
        this.report = report;
        LogReader reader = new LogReader(new PacedReads(vault, throttle), layout.backupDir(), stop);
        this.proof = new DeepProof(tables, reader, layout.backupDir(), context.progress(), pool);
    }

    boolean deep() {
        return context.parameter("mode").equals("deep");
    }

    /** Decides whether this goes on with an earlier run, and which segments are to be read. */
    void preflight() {
        context.progress().stage("preflight", 0, 0);
        vault.requireReachable();
        catalog.requireComplete(context.name());
        String stamp = stamp();
        boolean goesOn = facts.find(STAMP).filter(stamp::equals).isPresent()
                && facts.find(PLANNED).isPresent()
                && facts.find(CONCLUDED).isEmpty();
        if (!goesOn) {
            tables.clear();
            List.of(PLANNED, CONCLUDED, SEED).forEach(facts::remove);
            facts.put(STAMP, stamp);
        }
        long seed = seed();
        facts.put(SEED, String.valueOf(seed));
        share = Share.of(deep() ? context.parameter("subset") : "", seed);
        if (share.isSample()) {
            context.progress().note("sample of " + share + ", seed=" + seed);
            context.report().fact("seed", seed);
        }
    }

    private long seed() {
        String given = context.parameter("seed");
        String kept = facts.find(SEED).orElse("");
        if (!given.isEmpty() || !kept.isEmpty()) {
            return Long.parseLong(given.isEmpty() ? kept : given);
        }
        return ThreadLocalRandom.current().nextLong(MOST_SEED);
    }

    /** What tells that it is still the same backup. */
    private String stamp() {
        StringBuilder stamp = new StringBuilder();
        for (String key : List.of(layout.meta(MetaFile.BACKUP), layout.meta(MetaFile.FULL), layout.runRecord())) {
            vault.find(key).ifPresent(object -> stamp.append(object.etag())
                    .append(' ')
                    .append(object.size())
                    .append(' '));
        }
        return stamp.toString();
    }

    void checkMetas() {
        context.progress().stage("metas", 0, 0);
        tables.forget(VerifyTables.Phase.LISTED);
        List<Finding> found = new ArrayList<>();
        MetaCheck.Described read = new MetaCheck(vault, layout, found::add).run(Set.of());
        BackupInfo backup = read.backup();
        String format = backup == null ? "" : Objects.requireNonNullElse(backup.format(), "");
        if (!format.isEmpty()) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "verify",
                    context.name(),
                    "the backup has the format '" + format + "', this program reads binlog backups only",
                    "Verify it with the milvus-backup that made it.");
        }
        tables.add(VerifyTables.Phase.LISTED, found);
        described = read;
        listed = null;
    }

    void checkListing() {
        MetaCheck.Described known = described();
        BackupInfo backup = known.backup();
        if (backup == null) {
            return;
        }
        context.progress().stage("listing", 0, 0);
        boolean planning = deep() && facts.find(PLANNED).isEmpty();
        ReadingPlan plan = new ReadingPlan(
                tables,
                layout,
                share,
                planning && new MetaCheck(vault, layout, finding -> {}).tagsAreMd5(),
                new LatestTime(backup.collections(), known.run(), Instant.now()),
                planning);
        listed = catalog.checkAllFiles(context.name(), backup, plan);
        plan.end();
        facts.put(PLANNED, "yes");
    }

    private MetaCheck.Described described() {
        return Objects.requireNonNull(described, "checkMetas reads the metas");
    }

    ReadingBatches batches(int objects) {
        return new ReadingBatches(tables, objects, () -> {
            VerifyTables.Totals open = tables.totals("PLANNED");
            context.progress().stage("read", open.objects(), open.bytes());
        });
    }

    void read(List<PlannedReading> batch) {
        proof.read(batch);
    }

    /** Tells what was found. From here on the next run is a new one, also where this one fails. */
    void conclude() {
        facts.put(CONCLUDED, "yes");
        report.tell(described(), listed, tables, share, deep());
    }

    /** What would be read: every step but the reading itself. */
    void preview() {
        preflight();
        checkMetas();
        checkListing();
        report.preview(described(), tables, share, deep());
    }
}
