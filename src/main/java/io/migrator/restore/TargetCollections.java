package io.migrator.restore;

import com.google.protobuf.ByteString;
import io.migrator.catalog.Catalog;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.CollectionName;
import io.migrator.format.IndexInfo;
import io.migrator.format.PartitionInfo;
import io.migrator.milvus.CollectionDescription;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.SchemaDiff;
import java.util.Map;
import java.util.Optional;

/** Creates collections, partitions and indexes, and tells after a death what this job had created from a conflict. */
final class TargetCollections {
    private static final String DEFAULT_PARTITION = "_default";

    private final MilvusTarget target;
    private final Catalog catalog;
    private final String backup;
    private final RestoreTables tables;
    private final ImportLedger ledger;

    TargetCollections(MilvusTarget target, Catalog catalog, String backup, RestoreTables tables, ImportLedger ledger) {
        this.target = target;
        this.catalog = catalog;
        this.backup = backup;
        this.tables = tables;
        this.ledger = ledger;
    }

    void create(Restored item) {
        CollectionName name = item.target();
        Optional<CollectionDescription> existing = target.find(name.database(), name.collection());
        Optional<RestoreTables.Created> before = tables.find(item.source().collectionId());
        if (existing.isPresent()) {
            adopt(item, existing.get().info(), before.orElseThrow(() -> conflict(item)));
        } else {
            if (before.isPresent()) {
                ledger.forget(item.source().collectionId());
            }
            createNew(item);
        }
        if (!item.source().schema().hasPartitionKey()) {
            for (PartitionInfo partition : item.source().partitions()) {
                if (!partition.name().equals(DEFAULT_PARTITION)) {
                    target.createPartition(name.database(), name.collection(), partition.name());
                }
            }
        }
    }

    private void createNew(Restored item) {
        CollectionInfo source = item.source();
        CollectionName name = item.target();
        if (!target.databases().contains(name.database())) {
            target.createDatabase(name.database());
        }
        ByteString raw = catalog.rawSchema(backup, source.collectionId())
                .map(ByteString::copyFrom)
                .orElse(null);
        tables.creating(source.collectionId(), name);
        try {
            long id = target.createCollection(name.database(), name.collection(), source, raw);
            tables.created(source.collectionId(), name, id);
        } catch (MigratorException e) {
            if (!e.failure().retryHelps()) {
                // Refused: what stands there, if anything, is not this job's.
                tables.forget(source.collectionId());
            }
            throw e;
        }
    }

    private static MigratorException conflict(Restored item) {
        return MigratorException.unable(
                Failure.CONFLICT,
                "create",
                item.target().toString(),
                "somebody created a collection of that name this moment",
                "Choose other names with suffix= or rename=, or drop the collection first.");
    }

    /** A collection whose create call was cut off is this job's if it is as it was asked for, and empty. */
    private void requireAsAsked(Restored item, CollectionInfo existing) {
        boolean same = SchemaDiff.withoutIndexes(item.source(), existing).stream()
                .allMatch(line -> line.startsWith("partition "));
        long rows = existing.partitions().stream()
                .mapToLong(partition ->
                        target.rows(item.target().database(), item.target().collection(), partition.name()))
                .sum();
        if (!same || rows > 0) {
            throw conflict(item);
        }
    }

    private void adopt(Restored item, CollectionInfo existing, RestoreTables.Created before) {
        if (before.targetId() == 0) {
            requireAsAsked(item, existing);
            tables.created(item.source().collectionId(), item.target(), existing.collectionId());
        } else if (before.targetId() != existing.collectionId()) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "go on with restoring",
                    item.target().toString(),
                    "somebody dropped the collection and created another of that name since (id %d then, %d now)"
                            .formatted(before.targetId(), existing.collectionId()),
                    "Drop it, or restore under another name.");
        }
    }

    /** @param kind {@code yes} for the indexes as they were, {@code auto} for AUTOINDEX on vectors */
    void createIndexes(Restored item, String kind) {
        for (IndexInfo index : item.source().indexes()) {
            boolean vector = index.params().containsKey("metric_type");
            IndexInfo wanted = kind.equals("auto") && vector
                    ? new IndexInfo(
                            index.fieldName(),
                            index.indexName(),
                            "AUTOINDEX",
                            Map.of(
                                    "index_type",
                                    "AUTOINDEX",
                                    "metric_type",
                                    index.params().get("metric_type")),
                            index.indexId())
                    : index;
            target.createIndex(item.target().database(), item.target().collection(), wanted);
        }
    }
}
