package io.migrator.backup;

import io.migrator.copy.CopyPlan;
import io.migrator.copy.PlannedCopy;
import io.migrator.format.BackupInfo;
import io.migrator.format.Binlog;
import io.migrator.format.CollectionInfo;
import io.migrator.format.DatabaseInfo;
import io.migrator.format.FieldBinlog;
import io.migrator.format.PartitionInfo;
import io.migrator.format.SegmentInfo;
import io.migrator.milvus.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds milvus-backup's description of the backup from the plan: the content of the five metas. */
final class BackupDescription {
    private final BackupTables tables;
    private final CopyPlan plan;

    BackupDescription(BackupTables tables, CopyPlan plan) {
        this.tables = tables;
        this.plan = plan;
    }

    BackupInfo build(String runId, String name, String milvusVersion) {
        List<CollectionInfo> collections = tables.collections().stream()
                .map(collection -> withData(collection).ofTask(runId))
                .toList();
        long size = collections.stream().mapToLong(CollectionInfo::size).sum();
        List<DatabaseInfo> databases = collections.stream()
                .map(collection -> new DatabaseInfo(collection.database(), 0, List.of(), null))
                .distinct()
                .toList();
        return new BackupInfo(runId, 0, name, collections, size, milvusVersion, null, databases, null);
    }

    private CollectionInfo withData(CollectionInfo collection) {
        List<SegmentInfo> segments = tables.segments(collection.collectionId()).stream()
                .map(this::describe)
                .toList();
        List<PartitionInfo> partitions = new ArrayList<>();
        for (PartitionInfo partition : collection.partitions()) {
            List<SegmentInfo> own = segments.stream()
                    .filter(segment -> segment.partitionId() == partition.partitionId())
                    .toList();
            partitions.add(partition.withSegments(own, size(own)));
        }
        List<SegmentInfo> level0 =
                segments.stream().filter(segment -> segment.partitionId() == -1).toList();
        return collection.withData(partitions, level0, size(segments));
    }

    private static long size(List<SegmentInfo> segments) {
        return segments.stream().mapToLong(SegmentInfo::size).sum();
    }

    private SegmentInfo describe(Segment segment) {
        Map<Long, List<Binlog>> inserts = new TreeMap<>();
        List<Binlog> deltas = new ArrayList<>();
        long size = 0;
        for (PlannedCopy row : plan.ofSegment(segment.collectionId(), segment.id())) {
            long log = PlanWriter.number(row.source(), 1);
            Binlog binlog = new Binlog(row.source().key(), row.source().size(), log);
            size += row.source().size();
            if (row.targetKey().contains("/binlogs/insert_log/")) {
                inserts.computeIfAbsent(PlanWriter.number(row.source(), 2), field -> new ArrayList<>())
                        .add(binlog);
            } else {
                deltas.add(binlog);
            }
        }
        SegmentInfo skeleton = PlanWriter.skeleton(segment);
        return new SegmentInfo(
                skeleton.segmentId(),
                skeleton.collectionId(),
                skeleton.partitionId(),
                skeleton.rows(),
                inserts.entrySet().stream()
                        .map(entry -> new FieldBinlog(entry.getKey(), entry.getValue()))
                        .toList(),
                List.of(new FieldBinlog(0, deltas)),
                size,
                skeleton.groupId(),
                skeleton.level0(),
                skeleton.vchannel(),
                skeleton.storageVersion());
    }
}
