package io.migrator.restore.collections;

import io.migrator.format.meta.FieldInfo;
import io.migrator.format.meta.IndexInfo;
import io.migrator.milvus.MilvusTarget;
import io.migrator.restore.state.IndexRebuild;
import io.migrator.restore.state.RestoreTables;
import io.migrator.restore.state.Restored;
import io.migrator.selection.CollectionName;
import java.util.Map;

/** Builds the indexes of restored collections. */
public final class TargetIndexes {
    private static final String METRIC = "metric_type";

    private final MilvusTarget target;
    private final RestoreTables tables;
    private final IndexRebuild kind;
    private final boolean dropExisting;

    /** @param kind {@code yes} for the indexes as they were, {@code auto} for AUTOINDEX on vectors, {@code none} */
    public TargetIndexes(MilvusTarget target, RestoreTables tables, IndexRebuild kind, boolean dropExisting) {
        this.target = target;
        this.tables = tables;
        this.kind = kind;
        this.dropExisting = dropExisting;
    }

    public void build(Restored item) {
        CollectionName name = item.target();
        long source = item.source().collectionId();
        if (dropExisting && tables.hasForeignIndexes(source)) {
            target.dropIndexes(name.database(), name.collection());
            tables.indexesDropped(source);
        }
        if (kind != IndexRebuild.NONE) {
            for (IndexInfo index : item.source().indexes()) {
                target.createIndex(name.database(), name.collection(), wanted(item, index));
            }
        }
    }

    private IndexInfo wanted(Restored item, IndexInfo index) {
        String metric = index.params().get(METRIC);
        boolean vector = item.source().schema().fields().stream()
                .filter(field -> field.name().equals(index.fieldName()))
                .anyMatch(FieldInfo::vector);
        if (kind != IndexRebuild.AUTO || !vector || metric == null) {
            return index;
        }
        return new IndexInfo(
                index.fieldName(),
                index.indexName(),
                "AUTOINDEX",
                Map.of("index_type", "AUTOINDEX", METRIC, metric),
                index.indexId());
    }
}
