package io.migrator.backup;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.PartitionInfo;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.Segment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks Milvus which segments of a collection count; files of others (compacted away, not yet collected) are left. */
final class SegmentFinder {
    /** Column groups (2) are copied as fields are; from 3 on a manifest says which files count. */
    private static final long NEWEST_STORAGE_VERSION = 2;

    private final MilvusSource source;
    private final SegmentListing listing;
    private final PartitionFilter filter;

    SegmentFinder(MilvusSource source, SegmentListing listing, PartitionFilter filter) {
        this.source = source;
        this.listing = listing;
        this.filter = filter;
    }

    /** @param settled whether to wait for segments that are being written */
    WantedSegments wanted(CollectionInfo collection, boolean settled) {
        Set<Long> partitions = collection.partitions().stream()
                .filter(filter::wants)
                .map(PartitionInfo::partitionId)
                .collect(Collectors.toSet());
        List<Segment> segments = source.segments(collection.database(), collection.name(), settled).stream()
                .filter(segment -> segment.partitionId() == VaultLayout.ALL_PARTITIONS
                        || partitions.contains(segment.partitionId()))
                .filter(segment -> segment.rows() > 0 || segment.level0() || source.hidesLevels())
                .toList();
        segments.forEach(segment -> require(collection, segment));
        return WantedSegments.of(
                collection,
                segments,
                segments.isEmpty()
                        ? Map.of()
                        : source.logs(
                                collection.database(),
                                collection.collectionId(),
                                segments.stream().map(Segment::id).toList()));
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
