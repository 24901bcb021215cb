package io.migrator.format.meta;

import io.migrator.format.DamagedMetaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The level files as views of a whole backup, and back. */
final class MetaLevels {
    private MetaLevels() {}

    static BackupInfo head(BackupInfo backup) {
        return withCollections(backup, null, List.of(), List.of(), backup.size());
    }

    static Stream<CollectionInfo> collections(BackupInfo backup) {
        return backup.collections().stream().map(MetaLevels::stripped);
    }

    static Stream<PartitionInfo> partitions(BackupInfo backup) {
        return backup.collections().stream()
                .flatMap(collection -> collection.partitions().stream())
                .map(MetaLevels::stripped);
    }

    static Stream<SegmentInfo> segments(BackupInfo backup) {
        return backup.collections().stream()
                .flatMap(collection -> collection.partitions().stream())
                .flatMap(partition -> partition.segments().stream());
    }

    static BackupInfo join(
            BackupInfo head,
            List<CollectionInfo> collections,
            List<PartitionInfo> partitions,
            List<SegmentInfo> segments)
            throws DamagedMetaException {
        Map<Ids, List<SegmentInfo>> segmentsOf = new HashMap<>();
        for (SegmentInfo segment : segments) {
            segmentsOf
                    .computeIfAbsent(new Ids(segment.collectionId(), segment.partitionId()), ids -> new ArrayList<>())
                    .add(segment);
        }
        Map<Long, List<PartitionInfo>> partitionsOf = new HashMap<>();
        for (PartitionInfo partition : partitions) {
            List<SegmentInfo> own = segmentsOf.remove(new Ids(partition.collectionId(), partition.partitionId()));
            List<SegmentInfo> filled = own == null ? List.of() : own;
            partitionsOf
                    .computeIfAbsent(partition.collectionId(), id -> new ArrayList<>())
                    .add(partition.withSegments(filled, sizeOf(filled)));
        }
        for (Ids ids : segmentsOf.keySet()) {
            throw new DamagedMetaException("segment_meta.json holds segments of partition " + ids.partition()
                    + " of collection " + ids.collection() + ", which partition_meta.json does not have");
        }
        List<CollectionInfo> filled = new ArrayList<>();
        for (CollectionInfo collection : collections) {
            List<PartitionInfo> found = partitionsOf.remove(collection.collectionId());
            List<PartitionInfo> own = found == null ? List.of() : found;
            // Before 0.5.13 this file was a full copy, with the delete-only segments.
            List<SegmentInfo> level0 = collection.level0Segments();
            long size = own.stream().mapToLong(PartitionInfo::size).sum() + sizeOf(level0);
            filled.add(collection.withData(own, level0, size));
        }
        for (Long collection : partitionsOf.keySet()) {
            throw new DamagedMetaException("partition_meta.json holds partitions of collection " + collection
                    + ", which collection_meta.json does not have");
        }
        long size = filled.stream().mapToLong(CollectionInfo::size).sum();
        return withCollections(head, head.rbac(), filled, head.databases(), size);
    }

    static CollectionInfo stripped(CollectionInfo collection) {
        return collection.withData(
                collection.partitions().stream().map(MetaLevels::stripped).toList(), List.of(), collection.size());
    }

    static PartitionInfo stripped(PartitionInfo partition) {
        return partition.withSegments(List.of(), partition.size());
    }

    private static long sizeOf(List<SegmentInfo> segments) {
        return segments.stream().mapToLong(SegmentInfo::size).sum();
    }

    private static BackupInfo withCollections(
            BackupInfo backup,
            @Nullable RbacInfo rbac,
            List<CollectionInfo> collections,
            List<DatabaseInfo> databases,
            long size) {
        return new BackupInfo(
                backup.id(),
                backup.stateCode(),
                backup.name(),
                collections,
                size,
                backup.milvusVersion(),
                rbac,
                databases,
                backup.format());
    }

    private record Ids(long collection, long partition) {}
}
