package io.migrator.backup;

import io.migrator.check.RootPathCheck;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.Segment;
import io.migrator.milvus.SegmentLogs;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /**
     * The wanted segments of the partition, each with its files: those that Milvus names where it does and all of them are
     * there, else all that lie there. Fails where a segment has none.
     */
    List<SegmentFiles> of(WantedSegments wanted, long partition) {
        CollectionInfo collection = wanted.collection();
        Map<Long, List<StoredObject>> inserts = bySegment(collection, INSERT, partition, wanted.segments());
        Map<Long, List<StoredObject>> deltas = bySegment(collection, DELTA, partition, wanted.segments());
        List<SegmentFiles> found = new ArrayList<>();
        for (Segment told : wanted.of(partition)) {
            boolean deletesOnly = !inserts.containsKey(told.id()) && deltas.containsKey(told.id());
            if (told.rows() == 0 && !told.level0() && !deletesOnly) {
                continue;
            }
            Segment segment = told.rows() == 0 ? told.asLevel0() : told;
            SegmentLogs logs = wanted.logs().get(segment.id());
            List<StoredObject> insertLogs = inserts.getOrDefault(segment.id(), List.of());
            List<StoredObject> deltaLogs = deltas.getOrDefault(segment.id(), List.of());
            if (logs != null && !segment.level0()) {
                insertLogs = named(insertLogs, LogNames.inserts(logs));
            }
            if (logs != null) {
                deltaLogs = named(deltaLogs, LogNames.deltas(logs));
            }
            if (segment.level0() ? deltaLogs.isEmpty() : insertLogs.isEmpty()) {
                throw rootPathCheck.missing(collection.qualifiedName(), segment);
            }
            requireWhole(collection, segment, insertLogs);
            String vchannel = logs == null ? "" : logs.vchannel();
            found.add(new SegmentFiles(new PlannedSegment(segment, vchannel), insertLogs, deltaLogs));
        }
        found.sort(Comparator.comparingLong(files -> files.segment().segment().id()));
        return found;
    }

    /** The files that are named, or all where one of the named is not there. */
    private static List<StoredObject> named(List<StoredObject> listed, Set<String> names) {
        List<StoredObject> found = listed.stream()
                .filter(object -> LogNames.has(names, object.key()))
                .toList();
        return found.size() == names.size() ? found : listed;
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
