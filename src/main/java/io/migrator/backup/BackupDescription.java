package io.migrator.backup;

import io.migrator.backup.plan.PlanWriter;
import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.FlushAllFact;
import io.migrator.backup.state.PlannedSegment;
import io.migrator.copy.PlannedCopy;
import io.migrator.copy.PlannedRows;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds milvus-backup's description of the backup from the plan: the content of the five metas. */
final class BackupDescription {
    private final BackupState state;
    private final PlannedRows rows;
    private final VaultLayout layout;

    BackupDescription(BackupState state, PlannedRows rows, VaultLayout layout) {
        this.state = state;
        this.rows = rows;
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
        Map<Long, Logs> logs = logs(collection.collectionId());
        Map<Long, List<SegmentInfo>> byPartition = state.segments().of(collection.collectionId()).stream()
                .map(planned -> describe(
                        planned,
                        Optional.ofNullable(logs.remove(planned.segment().id())).orElseGet(Logs::new)))
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

    /** What a segment holds, in the order of keys. */
    private static final class Logs {
        private final Map<Long, List<Binlog>> inserts = new TreeMap<>();
        private final List<Binlog> deltas = new ArrayList<>();
        private long size;
    }

    private Map<Long, Logs> logs(long collection) {
        Map<Long, Logs> bySegment = new HashMap<>();
        try (Stream<PlannedCopy> all = rows.byTargetKey(collection)) {
            all.forEach(row -> add(bySegment.computeIfAbsent(row.segment(), id -> new Logs()), row));
        }
        return bySegment;
    }

    private void add(Logs logs, PlannedCopy row) {
        Binlog binlog = new Binlog(row.source().key(), row.source().size(), PlanWriter.number(row.source(), 1));
        logs.size += row.source().size();
        if (layout.isInsertLog(row.targetKey())) {
            logs.inserts
                    .computeIfAbsent(PlanWriter.number(row.source(), 2), field -> new ArrayList<>())
                    .add(binlog);
        } else {
            logs.deltas.add(binlog);
        }
    }

    private static SegmentInfo describe(PlannedSegment planned, Logs logs) {
        SegmentInfo skeleton = planned.skeleton();
        return new SegmentInfo(
                skeleton.segmentId(),
                skeleton.collectionId(),
                skeleton.partitionId(),
                skeleton.rows(),
                logs.inserts.entrySet().stream()
                        .map(entry -> new FieldBinlog(entry.getKey(), entry.getValue()))
                        .toList(),
                List.of(new FieldBinlog(0, logs.deltas)),
                logs.size,
                skeleton.groupId(),
                skeleton.level0(),
                skeleton.vchannel(),
                skeleton.storageVersion());
    }
}
