package io.migrator.backup.plan;

import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.BackupSummary;
import io.migrator.backup.state.BackupTables;
import io.migrator.backup.state.PlannedSegment;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a backup owes: the rows that Milvus reported of each collection when it was flushed, and all that was planned of it.
 * A plan that has lost any of that looks like the plan of a smaller collection, and its backup like a whole one.
 */
public final class RowsOwed {
    private final BackupState state;
    private final PartitionFilter filter;

    public RowsOwed(BackupState state, PartitionFilter filter) {
        this.state = state;
        this.filter = filter;
    }

    /** SOURCE_CHANGED where a plan lost something: its collection is then flushed and planned anew. */
    public void requirePlanned() {
        List<String> lost = new ArrayList<>();
        Map<Long, Long> objects = state.objects();
        for (CollectionInfo collection : state.collections().collections()) {
            String loss = loss(collection, objects.getOrDefault(collection.collectionId(), 0L));
            if (!loss.isEmpty()) {
                state.again(collection.collectionId());
                lost.add(collection.qualifiedName() + " (" + loss + ")");
            }
        }
        if (!lost.isEmpty()) {
            throw MigratorException.unable(
                    Failure.SOURCE_CHANGED,
                    "back up all rows of",
                    String.join(", ", lost),
                    "the job database does not hold the whole plan any more",
                    "They are flushed and planned anew; objects that are there already are kept.");
        }
    }

    /** What the plan of a collection lacks, in words; empty where it is whole. */
    private String loss(CollectionInfo collection, long objects) {
        long id = collection.collectionId();
        BackupTables.Planned planned = state.collections().plannedTotals(id).orElse(null);
        if (planned == null) {
            return "";
        }
        List<PlannedSegment> segments = state.segments().of(id);
        long rows = segments.stream()
                .map(PlannedSegment::segment)
                .filter(segment -> !segment.level0())
                .mapToLong(Segment::rows)
                .sum();
        if (rows != planned.rows() || objects != planned.objects()) {
            return "%d of %s and %d of %s that were planned"
                    .formatted(
                            rows, Counted.of(planned.rows(), "row"), objects, Counted.of(planned.objects(), "object"));
        }
        Set<Long> there = segments.stream().map(one -> one.segment().id()).collect(Collectors.toSet());
        long missing = cut(collection).stream()
                .filter(segment -> !there.contains(segment.id()))
                .mapToLong(Segment::rows)
                .sum();
        return missing == 0
                ? ""
                : Counted.of(
                        missing,
                        "row that its flush reported is not planned",
                        "rows that its flush reported are not planned");
    }

    /** Segments with rows that the flush reported, of the partitions that are meant. */
    private List<Segment> cut(CollectionInfo collection) {
        Set<Long> partitions = collection.partitions().stream()
                .filter(filter::wants)
                .map(PartitionInfo::partitionId)
                .collect(Collectors.toSet());
        return state.cuts().find(collection.collectionId()).stream()
                .flatMap(cut -> cut.segments().stream())
                .filter(segment -> !segment.deletesOnly() && partitions.contains(segment.partitionId()))
                .toList();
    }

    /** CORRUPT where what is about to be written has not all rows that were planned. */
    public void requireDescribed(BackupInfo backup) {
        for (CollectionInfo collection : backup.collections()) {
            List<SegmentInfo> segments = new ArrayList<>();
            Set<Long> ids = new HashSet<>();
            collection.partitions().forEach(partition -> segments.addAll(partition.segments()));
            segments.forEach(segment -> ids.add(segment.segmentId()));
            long owed = state.collections()
                    .plannedTotals(collection.collectionId())
                    .map(BackupTables.Planned::rows)
                    .orElse(0L);
            long rows = BackupSummary.rows(segments);
            boolean lacking = cut(collection).stream().anyMatch(segment -> !ids.contains(segment.id()));
            if (rows != owed || lacking) {
                throw MigratorException.unable(
                        Failure.CORRUPT,
                        "describe all rows of",
                        collection.qualifiedName(),
                        "the plan has %s, and %d of them in partitions that are described"
                                .formatted(Counted.of(owed, "row"), rows),
                        "Begin the backup anew with resume=restart.");
            }
        }
    }
}
