package io.migrator.backup;

import io.migrator.check.RootPathCheck;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.Segment;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the files of segments in Milvus' bucket and checks that each segment is whole. */
final class SegmentListing {
    private static final String INSERT = "insert_log";
    private static final String DELTA = "delta_log";

    private final ObjectStore milvusStore;
    private final String rootPath;
    private final RootPathCheck rootPathCheck;

    SegmentListing(ObjectStore milvusStore, String rootPath) {
        this.milvusStore = milvusStore;
        this.rootPath = rootPath;
        this.rootPathCheck = new RootPathCheck(milvusStore, rootPath);
    }

    /** The segments of the partition that are wanted, each with its files. */
    List<SegmentFiles> of(CollectionInfo collection, long partition, Map<Long, Segment> wanted) {
        Map<Long, List<StoredObject>> inserts = bySegment(collection, INSERT, partition, wanted);
        Map<Long, List<StoredObject>> deltas = bySegment(collection, DELTA, partition, wanted);
        List<SegmentFiles> found = new ArrayList<>();
        for (Segment segment : wanted.values()) {
            if (segment.partitionId() != partition) {
                continue;
            }
            List<StoredObject> insertLogs = inserts.getOrDefault(segment.id(), List.of());
            List<StoredObject> deltaLogs = deltas.getOrDefault(segment.id(), List.of());
            boolean expected = segment.level0() ? !deltaLogs.isEmpty() : !insertLogs.isEmpty();
            if (expected || segment.rows() == 0) {
                requireWhole(collection, segment, insertLogs);
                found.add(new SegmentFiles(segment, insertLogs, deltaLogs));
            }
        }
        found.sort(java.util.Comparator.comparingLong(files -> files.segment().id()));
        return found;
    }

    /** Fails where Milvus reports segments whose files were not found. */
    void requireNone(CollectionInfo collection, Collection<Segment> missing) {
        if (!missing.isEmpty()) {
            throw rootPathCheck.missing(collection, missing.iterator().next());
        }
    }

    private Map<Long, List<StoredObject>> bySegment(
            CollectionInfo collection, String kind, long partition, Map<Long, Segment> wanted) {
        String dir = VaultLayout.milvusPartitionDir(rootPath, kind, collection.collectionId(), partition);
        Map<Long, List<StoredObject>> segments = new TreeMap<>();
        try (Stream<StoredObject> objects = milvusStore.list(dir)) {
            objects.filter(object -> object.key().length() > dir.length()).forEach(object -> {
                long segment = segmentId(object.key(), dir);
                if (wanted.containsKey(segment)) {
                    segments.computeIfAbsent(segment, id -> new ArrayList<>()).add(object);
                }
            });
        }
        return segments;
    }

    private static long segmentId(String key, String dir) {
        String rest = key.substring(dir.length());
        int slash = rest.indexOf('/');
        try {
            return Long.parseLong(slash < 0 ? rest : rest.substring(0, slash));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static void requireWhole(CollectionInfo collection, Segment segment, List<StoredObject> insertLogs) {
        Map<String, Integer> files = new TreeMap<>();
        for (StoredObject log : insertLogs) {
            String[] parts = log.key().split("/", -1);
            files.merge(parts[parts.length - 2], 1, Integer::sum);
        }
        if (files.values().stream().distinct().count() > 1) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "back up",
                    collection.qualifiedName(),
                    "segment %d has different numbers of binlogs per field: %s".formatted(segment.id(), files),
                    "A compaction or a broken flush left stray files; let Milvus compact the collection, then run again.");
        }
    }
}
