package io.migrator.backup;

import io.migrator.backup.plan.PlanWriter;
import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.FlushAllFact;
import io.migrator.backup.state.PlannedSegment;
import io.migrator.copy.PlannedCopy;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.Binlog;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.format.meta.FieldBinlog;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.RbacInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.FlushAllOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds milvus-backup's description of the backup from the plan: the content of the five metas. */
final class BackupDescription {
    private final BackupState state;
    private final VaultLayout layout;

    BackupDescription(BackupState state, VaultLayout layout) {
        this.state = state;
        this.layout = layout;
    }

    BackupInfo build(
            String runId, String name, String milvusVersion, List<DatabaseInfo> databases, @Nullable RbacInfo rbac) {
        List<CollectionInfo> collections = state.collections().collections().stream()
                .map(collection -> withData(collection).ofTask(runId))
                .toList();
        long size = collections.stream().mapToLong(CollectionInfo::size).sum();
        FlushAllOutcome flush = new FlushAllFact(state.facts()).find().orElse(FlushAllOutcome.NONE);
        String control = flush.controlChannel();
        return new BackupInfo(
                runId,
                0,
                name,
                collections,
                size,
                milvusVersion,
                rbac,
                databases,
                flush.messages(),
                control.isEmpty() ? null : control,
                flush.physicalChannels(),
                null);
    }

    private CollectionInfo withData(CollectionInfo collection) {
        Map<Long, List<SegmentInfo>> byPartition = state.segments().of(collection.collectionId()).stream()
                .map(this::describe)
                .collect(Collectors.groupingBy(SegmentInfo::partitionId));
        List<PartitionInfo> partitions = new ArrayList<>();
        for (PartitionInfo partition : collection.partitions()) {
            List<SegmentInfo> own = byPartition.getOrDefault(partition.partitionId(), List.of());
            partitions.add(partition.withSegments(own, size(own)));
        }
        long all =
                byPartition.values().stream().mapToLong(BackupDescription::size).sum();
        return collection.withData(partitions, byPartition.getOrDefault(VaultLayout.ALL_PARTITIONS, List.of()), all);
    }

    private static long size(List<SegmentInfo> segments) {
        return segments.stream().mapToLong(SegmentInfo::size).sum();
    }

    private SegmentInfo describe(PlannedSegment planned) {
        SegmentInfo skeleton = planned.skeleton();
        Map<Long, List<Binlog>> inserts = new TreeMap<>();
        List<Binlog> deltas = new ArrayList<>();
        long size = 0;
        for (PlannedCopy row : state.plan().ofSegment(skeleton.collectionId(), skeleton.segmentId())) {
            long log = PlanWriter.number(row.source(), 1);
            Binlog binlog = new Binlog(row.source().key(), row.source().size(), log);
            size += row.source().size();
            if (layout.isInsertLog(row.targetKey())) {
                inserts.computeIfAbsent(PlanWriter.number(row.source(), 2), field -> new ArrayList<>())
                        .add(binlog);
            } else {
                deltas.add(binlog);
            }
        }
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
