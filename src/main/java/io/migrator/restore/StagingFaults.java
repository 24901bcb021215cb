package io.migrator.restore;

import io.migrator.copy.CopyFaults;
import io.migrator.failure.MigratorException;
import io.migrator.restore.imports.ImportLedger;
import io.migrator.restore.imports.ImportUnit;
import io.migrator.restore.state.Restored;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Lets a restore go on without a collection whose files cannot be staged; the next run plans it anew. */
final class StagingFaults implements CopyFaults {
    private final RestoreParts parts;
    private final Map<Long, Restored> items = new ConcurrentHashMap<>();

    StagingFaults(RestoreParts parts) {
        this.parts = parts;
    }

    void know(List<Restored> restored) {
        restored.forEach(item -> items.put(item.source().collectionId(), item));
    }

    @Override
    public boolean canSpare(MigratorException fault) {
        return parts.failures().canSpare(fault);
    }

    @Override
    public void spare(long collection, MigratorException fault) {
        requireNotBegun(parts.ledger(), collection, fault);
        parts.failures().add(item(collection), fault);
        parts.ledger().forget(collection);
        parts.plan().remove(collection);
    }

    /** Throws the fault where imports of the collection were begun: they go on from the plan as it is, which is not whole now. */
    static void requireNotBegun(ImportLedger ledger, long collection, MigratorException fault) {
        boolean begun = ledger.of(collection).stream()
                .anyMatch(unit -> unit.state() != ImportUnit.State.PLANNED || unit.attempts() > 0);
        if (begun) {
            throw fault;
        }
    }

    /** Goes on without a collection that another process has taken from the plan for this. */
    void unstaged(long collection, MigratorException fault) {
        parts.failures().add(item(collection), fault);
    }

    /** Goes on without a collection whose staged files are not whole; the next run copies those again. */
    void notWhole(long collection, MigratorException fault) {
        parts.failures().add(item(collection), fault);
    }

    private Restored item(long collection) {
        return Objects.requireNonNull(items.get(collection), "collection of a planned copy");
    }
}
