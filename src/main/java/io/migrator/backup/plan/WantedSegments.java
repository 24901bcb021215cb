package io.migrator.backup.plan;

import io.migrator.format.meta.CollectionInfo;
import io.migrator.milvus.Segment;
import io.migrator.milvus.SegmentLogs;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The segments of a collection that are to be backed up, with what Milvus says of their files. */
record WantedSegments(CollectionInfo collection, Map<Long, Segment> segments, Map<Long, SegmentLogs> logs) {
    static WantedSegments of(CollectionInfo collection, Collection<Segment> segments, Map<Long, SegmentLogs> logs) {
        Map<Long, Segment> byId = new LinkedHashMap<>();
        segments.forEach(segment -> byId.put(segment.id(), segment));
        return new WantedSegments(collection, byId, logs);
    }

    /** Partitions that hold any of them. */
    Set<Long> partitions() {
        Set<Long> ids = new TreeSet<>();
        segments.values().forEach(segment -> ids.add(segment.partitionId()));
        return ids;
    }

    /** Whether there is anything to list: not where Milvus tells the files of all its segments, and none is of deletes. */
    boolean mayHaveDeltas(long partition) {
        return of(partition).stream().anyMatch(segment -> {
            SegmentLogs told = logs.get(segment.id());
            return told == null || !told.deltaLogs().isEmpty();
        });
    }

    List<Segment> of(long partition) {
        return segments.values().stream()
                .filter(segment -> segment.partitionId() == partition)
                .toList();
    }
}
