package io.migrator.restore.imports;

import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.restore.state.RestoreTables;
import io.migrator.selection.CollectionName;

/**
 * What import jobs that failed left in a collection. Milvus 2.3 keeps their segments where it died after they were
 * written: no query shows them, but statistics count them, and later imports into the same channel are not flushed (seen
 * on 2.3.5). Nothing but dropping the collection removes them.
 */
final class Leftovers {
    private final MilvusTarget target;
    private final ImportLedger ledger;
    private final RestoreTables tables;

    Leftovers(MilvusTarget target, ImportLedger ledger, RestoreTables tables) {
        this.target = target;
        this.ledger = ledger;
        this.tables = tables;
    }

    /**
     * No fault where the job left nothing. Else TARGET_CHANGED, after the collection was dropped, where this restore made
     * it and nobody but its imports can have put rows into it, flushed or not; SERVER_FAILED where that is for a user to
     * do.
     *
     * @param rows what the job left, by the server
     */
    void remove(ImportUnit failed, CollectionName name, long rows) {
        if (rows == 0) {
            return;
        }
        String left = "Milvus failed import job %d and left %s of it in %s, which no query shows but every count does"
                .formatted(failed.jobId(), Counted.of(rows, "row"), failed.partitionText());
        CollectionInfo found = target.find(name.database(), name.collection())
                .map(CollectionDescription::info)
                .filter(info -> isOurs(failed.sourceId(), info))
                .orElse(null);
        boolean others = found != null
                && (target.hasUncountedRows(name.database(), name.collection())
                        || !explained(failed, name, found, rows));
        if (found == null || others) {
            throw MigratorException.unable(
                    Failure.SERVER_FAILED,
                    "restore",
                    name.toString(),
                    others ? left + ", and rows that this restore did not bring are there, too" : left,
                    others
                            ? "Take care of those rows first: they go with the collection. "
                                    + tables.startOver(failed.sourceId(), name)
                            : tables.startOver(failed.sourceId(), name));
        }
        target.dropCollection(name.database(), name.collection());
        throw MigratorException.unable(
                Failure.TARGET_CHANGED,
                "go on with restoring",
                name.toString(),
                left + "; the collection, which this restore had made, was dropped to be made anew",
                "Run the same command again.");
    }

    private boolean isOurs(long sourceId, CollectionInfo there) {
        return !tables.tookOver(sourceId)
                && tables.find(sourceId)
                        .filter(made -> made.targetId() == there.collectionId())
                        .isPresent();
    }

    /** Whether the rows that are there can be those of this restore's imports, and nothing else. */
    private boolean explained(ImportUnit failed, CollectionName name, CollectionInfo there, long left) {
        long least = left;
        long underWay = 0;
        for (ImportUnit unit : ledger.of(failed.sourceId())) {
            least += unit.importedRows();
            boolean other = unit.unit() != failed.unit() && unit.state() != ImportUnit.State.IMPORTED;
            underWay += other ? unit.expectedRows() : 0;
        }
        long rows = there.partitions().stream()
                .mapToLong(partition -> target.rows(name.database(), name.collection(), partition.name()))
                .sum();
        return least <= rows && rows <= least + underWay;
    }
}
