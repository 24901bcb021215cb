package io.migrator.verify;

import io.migrator.batch.JobContext;
import io.migrator.batch.WorkerPool;
import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.BackupSummary.State;
import io.migrator.catalog.Catalog;
import io.migrator.catalog.FileCheck;
import io.migrator.catalog.Finding;
import io.migrator.catalog.pool.PoolHolders;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.own.RunRecord;
import io.migrator.store.ObjectStore;
import io.migrator.store.throttle.PacedReads;
import io.migrator.verify.log.PlannedReading;
import io.migrator.verify.seal.SealTerms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A proof of all incremental backups of a vault: what describes each of them, and each unit once, however many backups share
 * it.
 */
final class PoolSteps implements ProofSteps {
    /** The name that means all of them; no backup is called so. */
    static final String ALL = "*";

    private final JobContext context;
    private final VerifyOptions options;
    private final ObjectStore vault;
    private final Catalog catalog;
    private final VerifyTables tables;
    private final ProofState state;
    private final DeepProof proof;
    private final PoolReport report;
    private final BooleanSupplier stop;
    /** Units of which nothing is left to be told. */
    private PoolHolders seen = new PoolHolders();

    /** All that any backup names. */
    private PoolHolders named = new PoolHolders();

    private List<BackupSummary> backups = List.of();
    /** Backups of which the list of units is gone: not complete, and not as anyone left them. */
    private List<String> lost = List.of();

    private Share share = Share.ALL;
    private long objects;
    private long bytes;

    PoolSteps(
            JobContext context,
            ObjectStore vault,
            VerifyOptions options,
            WorkerPool pool,
            PoolReport report,
            BooleanSupplier stop) {
        this.context = context;
        this.options = options;
        this.vault = vault;
        this.stop = stop;
        String root = context.config().vault().rootPath();
        this.catalog = new Catalog(vault, root);
        this.tables = new VerifyTables(context.transactions());
        this.state = new ProofState(context.transactions(), tables);
        this.report = report;
        VaultLayout anyone = ProofState.layout(ALL, vault);
        this.proof = state.reading(
                ALL, vault, anyone, new PacedReads(vault, options.throttle()), stop, context.progress(), pool);
    }

    @Override
    public boolean deep() {
        return options.deep();
    }

    @Override
    public void preflight() {
        options.requireUsed();
        context.progress().stage("preflight");
        vault.requireReachable();
        List<BackupSummary> all = catalog.list();
        backups = all.stream()
                .filter(backup -> backup.kind() == BackupSummary.Kind.POOL && backup.state() != State.INCOMPLETE)
                // What old and new ones share is looked at with what the newest one says of it.
                .sorted(Comparator.comparing(
                                (BackupSummary backup) -> Objects.requireNonNullElse(backup.created(), Instant.MIN))
                        .reversed())
                .toList();
        if (backups.isEmpty()) {
            throw MigratorException.unable(
                    Failure.NOT_FOUND,
                    "verify",
                    ALL,
                    "no complete backup of the vault is incremental",
                    "Other backups are verified one by one, by their names.");
        }
        catalog.requireComplete(backups.stream()
                .filter(backup -> backup.state() != State.DAMAGED)
                .findFirst()
                .orElse(backups.get(0))
                .name());
        lost = all.stream()
                .filter(backup -> backup.kind() == BackupSummary.Kind.POOL && backup.state() == State.INCOMPLETE)
                .map(BackupSummary::name)
                .filter(catalog::lostUnits)
                .toList();
        int others = all.size() - backups.size() - lost.size();
        if (others > 0) {
            context.progress()
                    .note(others + " of " + all.size()
                            + " backups are not looked at: incremental ones that are complete"
                            + " are, others are verified by their names");
        }
        state.begin(stamp());
        share = state.share(options, context);
        context.progress().begun();
    }

    private String stamp() {
        StringBuilder stamp = new StringBuilder();
        for (BackupSummary backup : backups) {
            RunRecord run = backup.run();
            stamp.append(backup.name()).append(' ').append(run == null ? "" : run.runId());
            stamp.append(' ').append(backup.created()).append('\n');
        }
        return ContentDigest.of(stamp.toString().getBytes(StandardCharsets.UTF_8), Checksum.SHA256)
                .toString();
    }

    /** One after the other with its listing, since all descriptions together may be larger than memory. */
    @Override
    public void checkMetas() {}

    @Override
    public void checkListing() {
        tables.forget(VerifyTables.Phase.LISTED);
        seen = new PoolHolders();
        named = new PoolHolders();
        objects = 0;
        bytes = 0;
        boolean planning = deep() && !state.planned();
        context.progress().stage("listing");
        for (BackupSummary backup : backups) {
            if (stop.getAsBoolean()) {
                throw MigratorException.unable(
                        Failure.STOPPED, "go on proving", backup.name(), "stop requested", "Run it again.");
            }
            check(backup.name(), planning);
        }
        lost.stream().filter(catalog::lostUnits).forEach(name -> {
            String refs = catalog.layout(name).refs();
            tables.add(
                    VerifyTables.Phase.LISTED,
                    List.of(new Finding(Finding.Kind.MISSING, 0, refs, "the object is missing")));
        });
        if (planning && tables.problemsOf().isEmpty()) {
            state.markPlanned();
        }
    }

    private void check(String name, boolean planning) {
        if (!catalog.lacking(name).isEmpty()) {
            // Deleted since it was listed: whoever shares its units has them looked at.
            return;
        }
        VaultLayout layout = catalog.layout(name);
        List<Finding> found = new ArrayList<>();
        MetaCheck.Described described = new MetaCheck(vault, layout, SealTerms.of(context), found::add).run(Set.of());
        tables.add(VerifyTables.Phase.LISTED, found);
        BackupInfo backup = described.backup();
        if (backup == null || !described.unitsKnown()) {
            return;
        }
        List<ProvenUnits> proven = new ArrayList<>();
        FileCheck listed = new PlanningPass(vault, layout, tables, state)
                .list(backup, described.run(), planning, share, visitor -> {
                    ProvenUnits watching = new ProvenUnits(layout, visitor);
                    proven.add(watching);
                    return catalog.checkUnits(layout, backup, unit -> !seen.has(unit), watching);
                });
        objects += listed.objects();
        bytes += listed.bytes();
        // What a damaged description could not prove, an older backup with a sound one still does.
        proven.forEach(units -> units.of(backup, listed).forEach(ref -> seen.add(0, ref)));
        layout.units().ifPresent(units -> units.all().forEach(ref -> named.add(0, ref)));
    }

    @Override
    public void read(List<PlannedReading> batch) {
        proof.read(batch);
    }

    @Override
    public void conclude() {
        if (deep()) {
            tables.requireAllRead(ALL);
        }
        state.conclude();
        report.tell(looked(), tables, share, deep());
    }

    @Override
    public void preview() {
        preflight();
        checkListing();
        report.preview(looked(), tables, share, deep());
    }

    private PoolReport.Looked looked() {
        List<String> names = backups.stream().map(BackupSummary::name).toList();
        return new PoolReport.Looked(names, named.units(), objects, bytes);
    }
}
