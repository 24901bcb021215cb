package io.migrator.retention;

import io.migrator.catalog.Catalog;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.own.Marker;
import io.migrator.format.own.RunRecord;
import io.migrator.lease.DeletersLease;
import io.migrator.retention.Decision.Outcome;
import io.migrator.retention.hold.GuardedDeletion;
import io.migrator.retention.rules.Candidate;
import io.migrator.retention.rules.Candidate.State;
import io.migrator.retention.rules.Judge;
import io.migrator.store.ObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Deletes a backup that was decided to go, unless that is not true any more: decisions may be days old, and others are at
 * work in the vault.
 */
final class Removal {
    private final ObjectStore vault;
    private final Catalog catalog;
    private final ExpireTables tables;
    private final GuardedDeletion deletion;
    private final DeletersLease deleters;
    private final Supplier<Instant> now;

    /**
     * @param deleters kept from the first backup of the pool on
     * @param now by the clock of the store
     */
    Removal(
            ObjectStore vault,
            ExpireTables tables,
            DeletersLease deleters,
            Supplier<Instant> now,
            Consumer<String> notes) {
        this.vault = vault;
        this.catalog = new Catalog(vault, vault.config().rootPath());
        this.tables = tables;
        this.deletion = new GuardedDeletion(vault, notes);
        this.deleters = deleters;
        this.now = now;
    }

    /** Takes down what came of it; what is no fault of this backup passes through. */
    void run(Decision decision) {
        if (decision.pooled()) {
            deleters.taken();
        }
        try {
            deletion.delete(
                    decision.backup().name(),
                    "expire",
                    false,
                    () -> requireStillTrue(decision),
                    deleters,
                    (maybeUnits, pooled) -> {});
            tables.ended(decision, Outcome.REMOVED, "");
        } catch (MigratorException e) {
            if (deleters.lost()) {
                throw e;
            }
            switch (e.failure()) {
                case NOT_FOUND -> tables.ended(decision, Outcome.GONE, "");
                // Those of this one alone may be so, and the same one would be met first again every night.
                case LOCKED, CONFLICT, CORRUPT, UNSUPPORTED, DENIED ->
                    tables.ended(
                            decision, Outcome.SKIPPED, told(decision.backup().name(), String.valueOf(e.getMessage())));
                default -> throw e;
            }
        }
    }

    /** What is half deleted is not left as it was. */
    private String told(String name, String why) {
        return deletionBegun(name)
                ? "'%s' is half deleted and no backup any more; the same command ends that. %s".formatted(name, why)
                : why;
    }

    private boolean deletionBegun(String name) {
        try {
            return catalog.marker(name).filter(Marker::deleting).isPresent();
        } catch (MigratorException unknown) {
            return false;
        }
    }

    private void requireStillTrue(Decision decision) {
        Candidate judged = decision.backup();
        Optional<Marker> marker = catalog.marker(judged.name());
        if (marker.filter(Marker::deleting).isPresent()) {
            return;
        }
        boolean same =
                switch (judged.state()) {
                    case INCOMPLETE ->
                        marker.map(Candidates::markerId)
                                .filter(judged.runId()::equals)
                                .isPresent();
                    case COMPLETE, PARTIAL -> marker.isEmpty() && isStill(judged);
                    case DELETING, DAMAGED -> false;
                };
        if (!same) {
            throw changed(judged.name(), "it is not the backup any more that was judged");
        }
        if (judged.state() != State.INCOMPLETE) {
            requireStaying(decision);
        }
    }

    private boolean isStill(Candidate judged) {
        return catalog.lacking(judged.name()).isEmpty()
                && judged.runId()
                        .equals(catalog.runRecord(judged.name())
                                .map(RunRecord::runId)
                                .orElseGet(() -> Candidates.theirId(vault, judged.name())));
    }

    /** All good ones that were to stay: each may be the one for the sake of which this goes. */
    private void requireStaying(Decision decision) {
        List<Candidate> staying = tables.stayingGood(decision.group()).stream()
                .map(Decision::backup)
                .filter(one -> !Judge.future(one, now.get()))
                .toList();
        List<String> gone = staying.stream()
                .filter(one -> !isStill(one))
                .map(Candidate::name)
                .toList();
        if (staying.isEmpty() || !gone.isEmpty()) {
            throw changed(
                    decision.backup().name(),
                    staying.isEmpty()
                            ? "no good backup of its group stays"
                            : "%s, which was to stay, is gone or another".formatted(String.join(", ", gone)));
        }
    }

    private static MigratorException changed(String name, String cause) {
        return MigratorException.unable(
                Failure.CONFLICT, "expire", name, cause, "Run the command again: it judges anew.");
    }
}
