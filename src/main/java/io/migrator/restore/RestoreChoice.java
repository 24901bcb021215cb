package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.batch.WorkerPool;
import io.migrator.format.BackupInfo;
import io.migrator.format.CollectionInfo;
import io.migrator.format.DatabaseInfo;
import io.migrator.verify.BackupProof;
import io.migrator.verify.SealCheck;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Reads the backup, decides what goes where, and refuses what cannot come to a good end. Changes nothing. */
final class RestoreChoice {
    /** Small objects of the vault that are read at once. */
    private static final int READS_AT_ONCE = 16;

    private final RestoreParts parts;
    private final JobContext context;
    private final Failures failures;
    private final BooleanSupplier stopRequested;

    RestoreChoice(RestoreParts parts, BooleanSupplier stopRequested) {
        this.parts = parts;
        this.stopRequested = stopRequested;
        this.context = parts.context();
        this.failures = parts.failures();
    }

    /**
     * What a restore is of.
     *
     * @param items collections, those that failed since included
     * @param databases by their new names, those that are restored as such
     */
    record Chosen(BackupInfo backup, List<Restored> items, Map<String, DatabaseInfo> databases) {}

    Chosen choose() {
        failures.clear();
        parts.names().lookAnew();
        parts.check().requireParameters();
        BackupInfo backup = parts.catalog().read(context.name());
        BackupProof proof = new BackupProof(context, parts.vault(), stopRequested);
        RestorePreflight preflight = new RestorePreflight(context, parts.catalog(), backup, failures, proof);
        parts.milvusStore().requireReachable();
        parts.vault().requireReachable();
        SealGate gate = new SealGate(context, parts.layout(), failures, new SealCheck(parts.vault(), parts.layout()));
        gate.requireBackup();
        preflight.requireVersions(parts.target().version());
        RestoreSelection selection = new RestoreSelection(context, backup);
        List<Restored> items = selection.collections();
        gate.requireSchemas(items);
        Chosen chosen = new Chosen(backup, items, selection.databases());
        items.stream().filter(RestoreChoice::hasData).findFirst().ifPresent(item -> parts.target()
                .requireImports(item.target().database()));
        preflight.requireSupported(items, parts.target().version());
        preflight.requireFiles(items);
        requireCreatable(items);
        parts.check().requireTargets(items);
        items.forEach(item -> failures.attempt(item, () -> parts.loading().requireIndexes(item)));
        if (context.parameter("aliases").equals("yes")) {
            new AliasCheck(parts.names(), failures).require(items);
        }
        return chosen;
    }

    private static boolean hasData(Restored item) {
        CollectionInfo source = item.source();
        return !source.level0Segments().isEmpty()
                || source.partitions().stream()
                        .anyMatch(partition -> !partition.segments().isEmpty());
    }

    /** Before anything is touched: what has the name may be dropped to make room. */
    private void requireCreatable(List<Restored> items) {
        if (context.parameter("create").equals("no")) {
            return;
        }
        try (WorkerPool pool = new WorkerPool("schemas", READS_AT_ONCE)) {
            pool.map(items, item -> {
                failures.attempt(item, () -> requireCreatable(item));
                return item;
            });
        }
    }

    private void requireCreatable(Restored item) {
        CollectionInfo source = item.source();
        parts.target()
                .requireCreatable(
                        item.target().database(),
                        item.target().collection(),
                        source,
                        parts.raws().of(source.collectionId()));
    }
}
