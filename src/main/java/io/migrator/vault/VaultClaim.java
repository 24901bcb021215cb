package io.migrator.vault;

import io.migrator.batch.JobContext;
import io.migrator.batch.Resume;
import io.migrator.batch.RunFacts;
import io.migrator.batch.ThisProcess;
import io.migrator.catalog.Catalog;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Marker;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.VaultLease;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a backup's directory in the vault this run's own before anything is written there, or says whose it is. */
public final class VaultClaim {
    /** The fact by which the run knows itself; the marker in the vault names it. */
    public static final String RUN_ID = "run_id";

    private final JobContext context;
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final Catalog catalog;
    private final RunFacts facts;
    private final Origin origin;
    private final VaultLease lease;
    private final ThisProcess self = ThisProcess.look();

    public VaultClaim(
            JobContext context,
            ObjectStore vault,
            VaultLayout layout,
            Catalog catalog,
            RunFacts facts,
            Origin origin,
            VaultLease lease) {
        this.context = context;
        this.vault = vault;
        this.layout = layout;
        this.catalog = catalog;
        this.facts = facts;
        this.origin = origin;
        this.lease = lease;
    }

    public String runId() {
        return facts.find(RUN_ID).orElseGet(() -> {
            String fresh = UUID.randomUUID().toString();
            facts.put(RUN_ID, fresh);
            return fresh;
        });
    }

    /**
     * Whether the vault holds this very work, complete; then there is nothing to do, whichever run did it.
     *
     * @throws MigratorException CONFLICT where it does, but of another Milvus or of collections that are not there any more
     */
    public boolean complete() {
        Optional<RunRecord> complete = completeRecord();
        complete.ifPresent(record -> {
            // One killed after its last write but one left it, and nobody else will take it away.
            facts.find(RUN_ID).ifPresent(lease::removeLeft);
            origin.requireUnchanged(record);
        });
        return complete.isPresent();
    }

    private Optional<RunRecord> completeRecord() {
        return record().filter(origin::isDone).filter(this::isSealed);
    }

    /** One without the seal that its record tells of is refused by all that read it: it is described and sealed anew. */
    private boolean isSealed(RunRecord record) {
        return !record.sealed() || vault.find(layout.seal()).isPresent();
    }

    /** How this very work was done before; empty where the vault does not hold it, complete or but for what it misses. */
    private Optional<RunRecord> record() {
        return catalog.lacking(context.name()).isEmpty()
                ? catalog.runRecord(context.name())
                        .filter(record -> record.identity().equals(context.identity()))
                : Optional.empty();
    }

    /**
     * Whether the name can be had; fails where it belongs to other work, or to a run that is alive. Writes nothing.
     *
     * @return whether the vault holds nothing of this backup, so that nothing an earlier run remembers is true any more
     */
    public boolean look() {
        return look(catalog.marker(context.name()).orElse(null));
    }

    private boolean look(@Nullable Marker existing) {
        if (existing != null) {
            if (!existing.deleting()) {
                requireFree(existing);
            }
            return existing.deleting();
        }
        try (Stream<StoredObject> objects = vault.list(layout.backupDir())) {
            // A lease without anything else is that of a run which wrote nothing, or of a deletion that wrote no more.
            if (objects.allMatch(object -> object.key().equals(layout.lease()))) {
                return true;
            }
        }
        origin.require(record().orElseThrow(() -> taken(held())));
        return false;
    }

    private String held() {
        String lacking = catalog.lacking(context.name());
        return lacking.isEmpty()
                ? "the vault already holds another backup of that name"
                : "the vault holds part of a backup of that name (%s)".formatted(lacking);
    }

    /**
     * Takes the name, or takes it over from a dead run of the same work, or from one that had to leave collections out.
     *
     * @param stop asked while it waits to see whether another run is dead
     * @param begun whether this goes on with what is there: fails with LOCKED where that was deleted since {@link #look}
     */
    public void claim(BooleanSupplier stop, boolean begun) {
        LeaseHolder holder = LeaseHolder.of(runId(), origin.job(), context.label());
        // A host that is lost now must know this lease and this marker as its own afterwards.
        facts.force();
        lease.take(holder, stop);
        // With the lease in hand, for another may have ended since the look before.
        Marker existing = endDeletion(catalog.marker(context.name()).orElse(null), stop);
        if (existing == null) {
            requireNotDone();
        }
        if (look(existing) && begun) {
            throw gone();
        }
        if (existing != null) {
            vault.write(layout.marker(), marker());
        } else if (!vault.writeIfAbsent(layout.marker(), marker())) {
            throw taken("another run has just taken that name");
        }
        if (existing != null && !existing.runId().equals(runId())) {
            context.progress().note("going on with the backup " + owner(existing));
        }
    }

    /** What a deletion left is no part of a new backup; it was to be gone, whatever it was of. */
    private @Nullable Marker endDeletion(@Nullable Marker existing, BooleanSupplier stop) {
        if (existing == null || !existing.deleting()) {
            return existing;
        }
        new BegunDeletion(vault, layout, catalog, context.progress()::note).end(existing, lease, stop);
        return null;
    }

    private MigratorException gone() {
        return MigratorException.unable(
                Failure.LOCKED,
                "write",
                vault.config().display() + "/" + layout.backupDir(),
                "somebody has just deleted it",
                "Run the same command again to make it anew.");
    }

    /** Whoever had the lease may have ended the work while this run waited; to do it again would undo what it says. */
    private void requireNotDone() {
        if (completeRecord().isPresent()) {
            throw MigratorException.unable(
                    Failure.LOCKED,
                    "write",
                    vault.config().display() + "/" + layout.backupDir(),
                    "another run has just completed it",
                    "There is nothing left to do; the same command now says so.");
        }
    }

    /** Fails where another run has taken the backup over; asks the vault only where that may be. Before each copy. */
    public void requireHeld() {
        lease.requireHeld();
    }

    /** Fails where another run has taken the backup over; to be asked before anything is deleted or declared complete. */
    public void requireOurs() {
        lease.confirm();
        Optional<Marker> marker = catalog.marker(context.name());
        if (!marker.map(Marker::runId).filter(runId()::equals).isPresent()) {
            throw MigratorException.unable(
                    Failure.LOCKED,
                    "finish",
                    vault.config().display() + "/" + layout.backupDir(),
                    marker.map(other -> "a run on %s (pid %d) took it over".formatted(other.host(), other.pid()))
                            .orElse("somebody deleted it"),
                    "Let one run at a time work on a backup; run this command again when the other has ended.");
        }
    }

    private void requireFree(Marker existing) {
        if (!existing.identity().equals(context.identity())) {
            throw taken("the vault holds an unfinished backup of that name for other work (" + owner(existing) + ")");
        }
        origin.require(existing);
        if (existing.runId().equals(runId())) {
            return;
        }
        // A run of a version that knows no lease. Where there is one it decides, and knows more than a host's name.
        if (vault.find(layout.lease()).isEmpty()
                && self.isAlive(existing.host(), existing.pid(), existing.startedAt())) {
            throw MigratorException.unable(
                    Failure.LOCKED,
                    "write",
                    layout.backupDir(),
                    "another run with another state folder works on it (" + owner(existing) + ")",
                    "Wait for it to end, or stop it; then run this command again.");
        }
    }

    /**
     * Whether the unfinished backup in the vault is of another bucket or root path than the one configured now. To be asked
     * after {@link #look}, which refuses that unless told otherwise.
     */
    public boolean moved() {
        return catalog.marker(context.name()).filter(origin::differs).isPresent();
    }

    /** RESUME_REFUSED where a run with another state folder took over what this one had begun, unless told to go on. */
    public void requireNotTakenOver() {
        Optional<Marker> other =
                catalog.marker(context.name()).filter(marker -> !marker.runId().equals(runId()));
        if (other.isPresent() && Resume.of(context) == Resume.AUTO) {
            throw Resume.refused(
                    context.name(),
                    "another run took it over since (%s)".formatted(owner(other.get())),
                    "goes on with what this state folder knows",
                    "begins anew, keeping objects in the vault that are proven");
        }
    }

    private static String owner(Marker marker) {
        return "started %s on %s by pid %d".formatted(marker.startedAt(), marker.host(), marker.pid());
    }

    /** The last act of a backup: from now on it is complete. */
    public void release() {
        requireOurs();
        vault.delete(List.of(layout.marker()));
    }

    private byte[] marker() {
        Marker marker = new Marker(
                runId(),
                context.identity(),
                "migrator",
                self.version(),
                self.host(),
                self.pid(),
                Instant.now(),
                origin.now(),
                false);
        try {
            return OwnJson.write(marker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MigratorException taken(String cause) {
        return MigratorException.unable(
                Failure.CONFLICT,
                "write",
                vault.config().display() + "/" + layout.backupDir(),
                cause,
                "Choose another %s=, or delete that backup first (delete -n %s)."
                        .formatted(origin.parameter(), context.name()));
    }
}
