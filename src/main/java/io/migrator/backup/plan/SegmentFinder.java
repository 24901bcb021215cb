package io.migrator.backup.plan;

import io.migrator.backup.state.Cut;
import io.migrator.backup.state.FrozenCollection;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.milvus.FlushOutcome;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.Segment;
import io.migrator.milvus.SegmentLogs;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks Milvus which segments of a collection count; files of others (compacted away, not yet collected) are left. */
public final class SegmentFinder {
    /** Column groups (2) are copied as fields are; from 3 on a manifest says which files count. */
    private static final long NEWEST_STORAGE_VERSION = 2;

    private final MilvusSource source;
    private final SegmentListing listing;
    private final PartitionFilter filter;

    public SegmentFinder(MilvusSource source, SegmentListing listing, PartitionFilter filter) {
        this.source = source;
        this.listing = listing;
        this.filter = filter;
    }

    /**
     * @param cut the segments of the backup's moment, where it is to be of one
     * @param settled whether to wait for segments that are being written, where there is no cut
     * @throws MigratorException SOURCE_CHANGED where Milvus replaced a segment of the cut, and does not tell its files; and
     *     where it lists no segment of a collection that has rows by its own count
     */
    WantedSegments wanted(CollectionInfo collection, Optional<Cut> cut, boolean settled) {
        Set<Long> partitions = collection.partitions().stream()
                .filter(filter::wants)
                .map(PartitionInfo::partitionId)
                .collect(Collectors.toSet());
        Predicate<Segment> meant = segment ->
                (segment.partitionId() == VaultLayout.ALL_PARTITIONS || partitions.contains(segment.partitionId()))
                        && (segment.rows() > 0 || segment.level0() || source.hidesLevels());
        List<Segment> all = source.segments(collection.database(), collection.name(), id -> settled && cut.isEmpty());
        // A cut has what the collection's own flush named. Without any flush the count has growing rows, which stay
        // behind.
        if (settled && cut.isEmpty() && all.isEmpty()) {
            requireNoRows(collection);
        }
        List<Segment> listed = all.stream().filter(meant).toList();
        listed.forEach(segment -> require(collection, segment));
        if (cut.isEmpty()) {
            return WantedSegments.of(collection, listed, logs(collection, listed));
        }
        List<Segment> frozen = cut.get().segments().stream().filter(meant).toList();
        return cut(collection, frozen, listed);
    }

    /**
     * An empty plan is a complete one: nothing that comes later could tell that rows were owed. The count has those of
     * imports at work, which nobody sees yet; a flush of the collection alone names segments, but none of these.
     */
    private void requireNoRows(CollectionInfo collection) {
        long rows = source.rows(collection.database(), collection.name()).orElse(0);
        if (rows > 0 && !isEmptyByItsFlush(collection)) {
            throw MigratorException.unable(
                    Failure.SOURCE_CHANGED,
                    "back up",
                    collection.qualifiedName(),
                    "Milvus counts %s of it, and lists no segment that holds them".formatted(Counted.of(rows, "row")),
                    "It is flushed and planned anew; if it stays so, wait for imports and compactions to end, or leave it out"
                            + " with exclude=.");
        }
    }

    private boolean isEmptyByItsFlush(CollectionInfo collection) {
        FlushOutcome flushed = source.flush(collection.database(), collection.name());
        return flushed.named()
                && flushed.sealed().isEmpty()
                && flushed.earlier().isEmpty();
    }

    /** Those of the cut, and all deletes: which of them are younger is for the import to tell. */
    private WantedSegments cut(CollectionInfo collection, List<Segment> frozen, List<Segment> listed) {
        Set<Long> there = listed.stream().map(Segment::id).collect(Collectors.toSet());
        boolean whole = frozen.stream().allMatch(segment -> segment.deletesOnly() || there.contains(segment.id()));
        Map<Long, Segment> chosen = new LinkedHashMap<>();
        Stream.concat(frozen.stream(), listed.stream().filter(Segment::deletesOnly))
                // Deletes that went into their segments are there; those of segments that are gone are needed
                // themselves.
                .filter(segment -> !whole || there.contains(segment.id()))
                .forEach(segment -> chosen.put(segment.id(), segment));
        Map<Long, SegmentLogs> logs = logs(collection, chosen.values());
        for (Segment segment : chosen.values()) {
            if (!there.contains(segment.id()) && !logs.containsKey(segment.id())) {
                throw MigratorException.unable(
                        Failure.SOURCE_CHANGED,
                        "back up",
                        collection.qualifiedName(),
                        "Milvus replaced segment %d by compaction since it was flushed".formatted(segment.id()),
                        "It is flushed and planned anew.");
            }
        }
        return WantedSegments.of(collection, chosen.values(), logs);
    }

    private Map<Long, SegmentLogs> logs(CollectionInfo collection, Collection<Segment> segments) {
        return segments.isEmpty()
                ? Map.of()
                : source.logs(
                        collection.database(),
                        collection.collectionId(),
                        segments.stream().map(Segment::id).toList());
    }

    List<SegmentFiles> files(WantedSegments wanted, long partition) {
        return listing.of(wanted, partition);
    }

    private static void require(CollectionInfo collection, Segment segment) {
        if (segment.collectionId() != collection.collectionId()) {
            throw SchemaSteps.replaced(
                    new FrozenCollection(collection.collectionId(), collection.database(), collection.name(), true),
                    segment.collectionId());
        }
        if (segment.storageVersion() > NEWEST_STORAGE_VERSION || segment.storageVersion() < 0) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "back up",
                    collection.qualifiedName(),
                    "segment %d has storage version %d, and %d is the newest this version of migrator copies"
                            .formatted(segment.id(), segment.storageVersion(), NEWEST_STORAGE_VERSION),
                    "Use a newer migrator, or leave the collection out with exclude=.");
        }
    }
}
