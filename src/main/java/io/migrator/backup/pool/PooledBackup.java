package io.migrator.backup.pool;

import io.migrator.backup.plan.Placement;
import io.migrator.backup.source.SameSource;
import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.Incremental;
import io.migrator.backup.state.PlannedUnit;
import io.migrator.backup.state.SourceSelection;
import io.migrator.batch.JobContext;
import io.migrator.batch.WorkerPool;
import io.migrator.copy.CopyProof;
import io.migrator.copy.PlannedRows;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.own.PoolShare;
import io.migrator.format.pool.UnitTable;
import io.migrator.milvus.schema.RawSchema;
import io.migrator.report.Progress;
import io.migrator.store.ObjectStore;
import io.migrator.vault.SealedWrites;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What an incremental backup does that others do not, in the order of its steps. */
public final class PooledBackup {
    private final String source;
    private final boolean alone;
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final Runnable fence;
    private final BackupState state;
    private final Progress progress;
    private final PoolLayout pool;
    private final PoolNotes notes;
    private final ParentSearch search;
    private final ParentSeals seals;
    private final Parents parents;
    private final OwnRefs refs;
    private final OwnRun run;
    private final OwnUnits own;
    private final PlannedRows rows;

    /**
     * @param layout of the backup, as {@link #layout} gave it
     * @param fence fails where the backup is not this run's any more
     */
    public PooledBackup(
            JobContext context,
            Incremental incremental,
            ObjectStore vault,
            VaultLayout layout,
            BackupState state,
            WorkerPool workers,
            Runnable fence) {
        this.source = SameSource.of(context.config().milvusStorage());
        this.alone = incremental.alone();
        this.vault = vault;
        this.layout = layout;
        this.fence = fence;
        this.state = state;
        this.progress = context.progress();
        this.pool = new PoolLayout(vault.config().rootPath());
        this.notes = new PoolNotes(vault, pool);
        this.search = new ParentSearch(vault, context.name(), workers, progress::note);
        this.seals = new ParentSeals(vault, context.config().seal().key());
        this.parents = new Parents(incremental, source, vault, search, state.units(), seals, progress::note);
        this.refs = new OwnRefs(vault, layout.refs(), fence);
        this.run = new OwnRun(state, refs, this::isDescribed);
        this.own = new OwnUnits(pool, state, run::id);
        this.rows = new PooledRows(pool, state);
    }

    /** Whether a run got as far as to describe the backup: any of these may have been lost since. */
    private boolean isDescribed() {
        return Stream.of(
                        layout.objectManifest(),
                        layout.runRecord(),
                        layout.meta(MetaFile.BACKUP),
                        layout.meta(MetaFile.FULL),
                        layout.seal())
                .anyMatch(key -> vault.find(key).isPresent());
    }

    /** Where the files lie of an incremental backup that is being made: its own describing files, and the pool. */
    public static VaultLayout layout(VaultLayout plain, String vaultRoot) {
        return plain.pooled(new PoolLayout(vaultRoot), new UnitTable());
    }

    /** Before anything is written: the pool is of a form that is known, and a parent that was named can be one. */
    public void look() {
        notes.requireKnown();
        parents.forget();
        boolean open = state.facts().find(BackupState.FROZEN).isEmpty()
                || !state.collections().notDescribed().isEmpty()
                || !state.collections().notPlanned().isEmpty();
        if (open) {
            parents.look();
        }
    }

    /**
     * Once the backup's directory is this run's.
     *
     * @param begun whether the database holds a plan
     * @param anew what to plan instead where that cannot be gone on with
     */
    public void settle(boolean begun, Supplier<SourceSelection.Found> anew) {
        notes.requireThere();
        run.settle(begun, () -> {
            progress.note("the list of units of this backup is gone or another's: planning all of it anew");
            return anew.get();
        });
    }

    /** For the plan: creation times are those of the schemas that were read. */
    public Placement placement() {
        return new PooledPlacement(
                pool, own -> parents.find(id -> createdAt(state.collections().raw(id)), own), run::id);
    }

    /** For a look ahead. */
    public Placement preview(long createdAt) {
        return new PooledPlacement(pool, own -> parents.find(id -> createdAt, own), () -> "000000000000");
    }

    /** See {@link RawSchema}; 0 where the description cannot be read. */
    public static long createdAt(byte[] raw) {
        return RawSchema.read(raw).map(RawSchema::createdAt).orElse(0L);
    }

    public void declare() {
        // The list that is written here is not that of the backup which an earlier run sealed.
        fence.run();
        new SealedWrites(vault, layout).unseal();
        new Declare(vault, state, run, refs, new ParentManifests(vault, state, seals), own, progress).run();
    }

    /** What an earlier process copied counts; what is shared is looked at once all is copied. */
    public CopyProof.Looked lookBefore() {
        PoolScope scope = scope(true);
        return scope.hasOwn()
                ? new CopyProof(state.plan(), state.plan(), vault, scope).lookBefore()
                : new CopyProof.Looked(0, 0);
    }

    /**
     * Compares all units with what the pool has.
     *
     * @param strangers told the keys of what nobody planned in own units
     * @throws MigratorException SOURCE_CHANGED where shared units are damaged; the next run of the steps copies them
     */
    public CopyProof.Result verify(Consumer<List<String>> strangers) {
        PoolScope scope = scope(false);
        Healing healing = new Healing(vault, scope, search, source);
        CopyProof.Result result = new CopyProof(state.plan(), rows, vault, scope).verify(strangers, healing);
        healing.heal(own);
        return result;
    }

    /** All files of the backup. */
    public PlannedRows rows() {
        return rows;
    }

    private PoolScope scope(boolean ownOnly) {
        return new PoolScope(pool, state.units(), run.id(), ownOnly);
    }

    /** Writes the list as it stays: only what the backup is made of. After the metas, before the seal. */
    public void finish(SealedWrites sealed, VaultLayout layout) {
        OwnRefs.Seen before = refs.read()
                .orElseThrow(() -> MigratorException.unable(
                        Failure.LOCKED,
                        "finish",
                        vault.config().display() + "/" + layout.backupDir(),
                        "somebody deleted its list of units",
                        "Run the same command again: it is made anew."));
        run.closes();
        byte[] list;
        try (Stream<PlannedUnit> units = state.units().byPath()) {
            list = OwnRefs.list(run.id(), units, null);
        }
        refs.write(list, Optional.of(before));
        sealed.written(layout.refs(), list);
    }

    /** A line for the user about how little was shared; empty where that is no matter. */
    public String hint() {
        PoolShare share = share();
        boolean told = parents.any().isPresent() || !share.parents().isEmpty();
        return ShareHint.of(share, alone || !told, parents.any().orElse(true));
    }

    /** What the backup's record says of it. */
    public PoolShare share() {
        return new PoolShare(
                run.id(),
                state.units().parents().stream()
                        .map(one -> new PoolShare.Parent(one.name(), one.runId()))
                        .distinct()
                        .toList(),
                state.units().copied(),
                state.units().shared());
    }
}
