package io.migrator.backup.plan;

import io.migrator.backup.state.PlannedSegment;
import io.migrator.check.RootPathCheck;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.RequiredFields;
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
public final class SegmentListing {
    private static final String INSERT = "insert_log";
    private static final String DELTA = "delta_log";

    private final ObjectStore milvusStore;
    private final String rootPath;
    private final RootPathCheck rootPathCheck;

    public SegmentListing(ObjectStore milvusStore, String rootPath) {
        this.milvusStore = milvusStore;
        this.rootPath = rootPath;
        this.rootPathCheck = new RootPathCheck(milvusStore, rootPath);
    }

    /**
     * The wanted segments of the partition, each with its files: those that Milvus names where it does, else all that lie
     * there. Fails where a segment has none, and with SOURCE_CHANGED where one that is named is not there.
     */
    List<SegmentFiles> of(WantedSegments wanted, long partition) {
        CollectionInfo collection = wanted.collection();
        Map<Long, List<StoredObject>> inserts = bySegment(collection, INSERT, partition, wanted.segments());
        Map<Long, List<StoredObject>> deltas =
                wanted.mayHaveDeltas(partition) ? bySegment(collection, DELTA, partition, wanted.segments()) : Map.of();
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
                insertLogs = named(collection, segment, insertLogs, LogNames.inserts(logs));
            }
            if (logs != null) {
                deltaLogs = named(collection, segment, deltaLogs, LogNames.deltas(logs));
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

    /** The files that are named. Without one of them the segment would come back with rows too few, or too many. */
    private static List<StoredObject> named(
            CollectionInfo collection, Segment segment, List<StoredObject> listed, Set<String> names) {
        List<StoredObject> found = listed.stream()
                .filter(object -> LogNames.has(names, object.key()))
                .toList();
        if (found.size() == names.size()) {
            return found;
        }
        throw MigratorException.unable(
                Failure.SOURCE_CHANGED,
                "back up",
                collection.qualifiedName(),
                "Milvus names %s of segment %d, and its bucket holds %d of them"
                        .formatted(Counted.of(names.size(), "file"), segment.id(), found.size()),
                "Its segments are planned anew; if it stays so, Milvus has lost files of this segment.");
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
        List<String> lacking = segment.storageVersion() > 1 || segment.level0()
                ? List.of()
                : RequiredFields.of(collection)
                        .map(String::valueOf)
                        .filter(id -> !files.containsKey(id))
                        .toList();
        if (!lacking.isEmpty()) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "back up",
                    collection.qualifiedName(),
                    "segment %d has no binlogs of the fields with the ids %s".formatted(segment.id(), lacking),
                    "Milvus has lost files of this segment; leave the collection out with exclude= or on-error=continue.");
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
