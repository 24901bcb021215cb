package io.migrator.restore.collections;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.milvus.MilvusTarget;
import io.migrator.restore.imports.ForeignImports;
import io.migrator.restore.state.Flushes;
import io.migrator.restore.state.RestoreTables;
import io.migrator.restore.state.Restored;
import io.migrator.selection.CollectionName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes over collections that are there already ({@code create=no}): notes what they held before anything comes in. */
public final class ExistingCollections {
    private final MilvusTarget target;
    private final RestoreTables tables;
    private final ForeignImports others;
    private final Flushes flushes;

    public ExistingCollections(MilvusTarget target, RestoreTables tables, ForeignImports others, Flushes flushes) {
        this.target = target;
        this.tables = tables;
        this.others = others;
        this.flushes = flushes;
    }

    public void takeOver(Restored item) {
        CollectionName name = item.target();
        CollectionInfo existing = target.find(name.database(), name.collection())
                .orElseThrow(() -> MigratorException.unable(
                        Failure.NOT_FOUND,
                        "restore into",
                        name.toString(),
                        "there is no such collection any more",
                        "Create it, or leave create=no out."))
                .info();
        long source = item.source().collectionId();
        Optional<RestoreTables.Created> before = tables.find(source);
        if (before.isPresent()) {
            TargetCollections.requireSame(item, existing, before.get());
            return;
        }
        long newest = others.newest(name);
        // Milvus does not count rows that are in memory only, and they would come on top of those of the backup.
        flushes.flush(name);
        Set<String> there =
                existing.partitions().stream().map(PartitionInfo::name).collect(Collectors.toSet());
        Map<String, Long> rows = new LinkedHashMap<>();
        for (PartitionInfo partition : item.source().partitions()) {
            if (!there.contains(partition.name())) {
                target.createPartition(name.database(), name.collection(), partition.name());
            }
            rows.put(partition.name(), target.rows(name.database(), name.collection(), partition.name()));
        }
        tables.takeOver(source, name, existing.collectionId(), rows, newest);
    }
}
