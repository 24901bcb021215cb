package io.migrator.backup;

import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import io.migrator.batch.ThisProcess;
import io.migrator.catalog.Catalog;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.Marker;
import io.migrator.format.MetaFile;
import io.migrator.format.OwnJson;
import io.migrator.format.RunRecord;
import io.migrator.format.VaultLayout;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes a backup's directory in the vault this run's own before anything is written there, or says whose it is. */
final class VaultClaim {
    private static final String RUN_ID = "run_id";

    private final JobContext context;
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final Catalog catalog;
    private final RunFacts facts;
    private final ThisProcess self = ThisProcess.look();

    VaultClaim(JobContext context, ObjectStore vault, VaultLayout layout, Catalog catalog, RunFacts facts) {
        this.context = context;
        this.vault = vault;
        this.layout = layout;
        this.catalog = catalog;
        this.facts = facts;
    }

    String runId() {
        return facts.find(RUN_ID).orElseGet(() -> {
            String fresh = UUID.randomUUID().toString();
            facts.put(RUN_ID, fresh);
            return fresh;
        });
    }

    /** Whether the vault holds this very work, complete; then there is nothing to do, whichever run did it. */
    boolean complete() {
        return catalog.marker(context.name()).isEmpty()
                && vault.find(layout.meta(MetaFile.FULL)).isPresent()
                && catalog.runRecord(context.name())
                        .map(RunRecord::identity)
                        .filter(context.identity()::equals)
                        .isPresent();
    }

    /**
     * Takes the name, or takes it over from a dead run of the same work.
     *
     * @return whether the vault held nothing of this backup, so that nothing an earlier run remembers is true any more
     */
    boolean claim() {
        Optional<Marker> existing = catalog.marker(context.name());
        if (existing.isPresent()) {
            take(existing.get());
            return false;
        }
        try (Stream<StoredObject> objects = vault.list(layout.backupDir())) {
            if (objects.findFirst().isPresent()) {
                throw taken("the vault already holds another backup of that name");
            }
        }
        if (!vault.writeIfAbsent(layout.marker(), marker())) {
            throw taken("another run claimed that name this moment");
        }
        return true;
    }

    /** Fails where another run has taken the backup over; to be asked before anything is deleted or declared complete. */
    void requireOurs() {
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

    private void take(Marker existing) {
        if (existing.runId().equals(runId())) {
            vault.write(layout.marker(), marker());
            return;
        }
        String owner = "started %s on %s by pid %d".formatted(existing.startedAt(), existing.host(), existing.pid());
        if (!existing.identity().equals(context.identity())) {
            throw taken("the vault holds an unfinished backup of that name for other work (" + owner + ")");
        }
        if (self.isAlive(existing.host(), existing.pid(), existing.startedAt())) {
            throw MigratorException.unable(
                    Failure.LOCKED,
                    "write",
                    layout.backupDir(),
                    "another run with another state folder works on it (" + owner + ")",
                    "Wait for it to end, or stop it; then run this command again.");
        }
        vault.write(layout.marker(), marker());
        context.progress().note("going on with the backup " + owner);
    }

    /** The last act of a backup: from now on it is complete. */
    void release() {
        requireOurs();
        vault.delete(List.of(layout.marker()));
    }

    private byte[] marker() {
        Marker marker = new Marker(
                runId(), context.identity(), "migrator", self.version(), self.host(), self.pid(), Instant.now());
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
                "Choose another name=, or delete that backup first (delete -n " + context.name() + ").");
    }
}
