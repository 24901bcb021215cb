package io.migrator.restore;

import io.migrator.restore.imports.ImportBin;
import io.migrator.restore.imports.ImportPlanner;
import io.migrator.restore.staging.StagePlan;
import io.migrator.restore.state.Restored;
import java.util.List;
import java.util.function.Supplier;

/** Cuts a collection into imports, and into the copies that these need first. */
final class ImportPlanning {
    private final RestoreParts parts;

    ImportPlanning(RestoreParts parts) {
        this.parts = parts;
    }

    /** Once for each collection: what a run before this one has planned stays as it is. */
    void plan(Restored item, Supplier<ImportPlanner> planner) {
        long source = item.source().collectionId();
        if (parts.failures().has(source) || !parts.ledger().of(source).isEmpty()) {
            return;
        }
        StagePlan stagePlan = new StagePlan(parts.plan(), parts.layout());
        List<ImportBin> bins = planner.get().plan(item.source());
        parts.context().transactions().run(() -> {
            parts.plan().remove(source);
            bins.stream().filter(ImportBin::staged).forEach(bin -> stagePlan.add(source, bin));
            parts.ledger().addAll(source, bins);
        });
    }
}
