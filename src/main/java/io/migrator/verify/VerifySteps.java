package io.migrator.verify;

import io.migrator.batch.JobContext;
import io.migrator.batch.WorkerPool;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.FileCheck;
import io.migrator.catalog.Finding;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.store.ObjectStore;
import io.migrator.store.throttle.PacedReads;
import io.migrator.verify.log.PlannedReading;
import io.migrator.verify.seal.SealTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What each step of a verify does. Listings are always whole and always anew; what was read is not read again. */
final class VerifySteps implements ProofSteps {
    private final JobContext context;
    private final VerifyOptions options;
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final Catalog catalog;
    private final VerifyTables tables;
    private final ProofState state;
    private final DeepProof proof;
    private final VerifyReport report;
    private MetaCheck.@Nullable Described described;
    private FileCheck listed = FileCheck.NOTHING;
    private Share share = Share.ALL;

    VerifySteps(
            JobContext context,
            ObjectStore vault,
            VerifyOptions options,
            WorkerPool pool,
            VerifyReport report,
            BooleanSupplier stop) {
        this.context = context;
        this.options = options;
        this.vault = vault;
        this.catalog = new Catalog(vault, context.config().vault().rootPath());
        this.layout = ProofState.layout(context.name(), vault);
        this.tables = new VerifyTables(context.transactions());
        this.state = new ProofState(context.transactions(), tables);
        this.report = report;
        this.proof = state.reading(
                context.name(),
                vault,
                layout,
                new PacedReads(vault, options.throttle()),
                stop,
                context.progress(),
                pool);
    }

    @Override
    public boolean deep() {
        return options.deep();
    }

    /** Decides whether this goes on with an earlier run, and which segments are to be read. */
    @Override
    public void preflight() {
        options.requireUsed();
        context.progress().stage("preflight");
        vault.requireReachable();
        catalog.requireComplete(context.name());
        state.begin(ProofState.stamp(vault, layout));
        share = state.share(options, context);
        context.progress().begun();
    }

    @Override
    public void checkMetas() {
        context.progress().stage("metas");
        tables.forget(VerifyTables.Phase.LISTED);
        List<Finding> found = new ArrayList<>();
        MetaCheck.Described read = new MetaCheck(vault, layout, SealTerms.of(context), found::add).run(Set.of());
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
        read.origin().tell(context);
        described = read;
        listed = FileCheck.NOTHING;
    }

    @Override
    public void checkListing() {
        MetaCheck.Described known = described();
        BackupInfo backup = known.backup();
        if (backup == null || !known.unitsKnown()) {
            return;
        }
        context.progress().stage("listing");
        listed = new PlanningPass(vault, layout, tables, state)
                .run(backup, known.run(), deep(), share, visitor -> catalog.checkAllFiles(layout, backup, visitor));
    }

    private MetaCheck.Described described() {
        return Objects.requireNonNull(described, "checkMetas reads the metas");
    }

    @Override
    public void read(List<PlannedReading> batch) {
        proof.read(batch);
    }

    /** Tells what was found. From here on the next run is a new one, also where this one fails. */
    @Override
    public void conclude() {
        if (deep()) {
            tables.requireAllRead(context.name());
        }
        state.conclude();
        report.tell(described(), layout, listed, tables, share, deep());
    }

    /** What would be read: every step but the reading itself. */
    @Override
    public void preview() {
        preflight();
        checkMetas();
        checkListing();
        report.preview(described(), tables, share, deep());
    }
}
