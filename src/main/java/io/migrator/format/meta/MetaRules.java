package io.migrator.format.meta;

import io.migrator.format.DamagedMetaException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What must hold in a meta for its files to be found and its rows to be restored once. A meta that breaks one of these is
 * refused whole: restoring it would lose or double rows.
 */
final class MetaRules {
    /** Of one file. No store takes objects so large; sums of a million of them still fit. */
    private static final long MOST_BYTES = 1L << 43;

    /** Of one segment, whose files have 1 GiB: sums of a million segments still fit. */
    private static final long MOST_ROWS = 1L << 40;

    private MetaRules() {}

    static void check(BackupInfo backup) throws DamagedMetaException {
        Set<Long> collections = new HashSet<>();
        for (int i = 0; i < backup.collections().size(); i++) {
            CollectionInfo collection = backup.collections().get(i);
            String at = "collection_backups[" + i + "]";
            require(!collection.name().isEmpty(), at + ".collection_name", "is missing");
            require(collection.collectionId() != 0, at + ".collection_id", "is missing");
            require(collection.collectionId() > 0, at + ".collection_id", "is negative");
            require(
                    collections.add(collection.collectionId()),
                    at + ".collection_id",
                    "names collection " + collection.collectionId() + " a second time");
            require(!collection.schema().fields().isEmpty(), at + ".schema.fields", "has no fields");
            check(collection, at);
        }
    }

    private static void check(CollectionInfo collection, String at) throws DamagedMetaException {
        Set<Long> segments = new HashSet<>();
        Set<Long> partitions = new HashSet<>();
        for (int i = 0; i < collection.partitions().size(); i++) {
            PartitionInfo partition = collection.partitions().get(i);
            String here = at + ".partition_backups[" + i + "]";
            require(partition.partitionId() >= 0, here + ".partition_id", "is negative");
            require(
                    partitions.add(partition.partitionId()),
                    here + ".partition_id",
                    "names partition " + partition.partitionId() + " a second time");
            require(
                    partition.collectionId() == collection.collectionId(),
                    here + ".collection_id",
                    "is not the collection it is listed under");
            check(
                    partition.segments(),
                    collection.collectionId(),
                    partition.partitionId(),
                    segments,
                    here + ".segment_backups");
        }
        check(collection.level0Segments(), collection.collectionId(), -1, segments, at + ".l0_segments");
    }

    private static void check(List<SegmentInfo> listed, long collection, long partition, Set<Long> seen, String at)
            throws DamagedMetaException {
        for (int i = 0; i < listed.size(); i++) {
            SegmentInfo segment = listed.get(i);
            String here = at + "[" + i + "]";
            require(
                    seen.add(segment.segmentId()),
                    here + ".segment_id",
                    "names segment " + segment.segmentId() + " a second time");
            require(
                    segment.collectionId() == collection && segment.partitionId() == partition,
                    here,
                    "segment " + segment.segmentId() + " belongs to another collection or partition");
            require(segment.segmentId() >= 0, here + ".segment_id", "is negative");
            require(segment.groupId() >= 0, here + ".group_id", "is negative");
            check(segment, here);
        }
    }

    private static void check(SegmentInfo segment, String at) throws DamagedMetaException {
        require(segment.rows() >= 0, at + ".num_of_rows", "is negative");
        require(segment.rows() <= MOST_ROWS, at + ".num_of_rows", "is more than a segment can hold");
        require(segment.size() >= 0, at + ".size", "is negative");
        for (FieldBinlog field : segment.insertLogs()) {
            require(field.fieldId() >= 0, at, "field " + field.fieldId() + " is negative");
        }
        for (List<FieldBinlog> logs : List.of(segment.insertLogs(), segment.deltaLogs())) {
            for (FieldBinlog field : logs) {
                for (Binlog log : field.binlogs()) {
                    require(log.logId() >= 0, at, "log " + log.logId() + " is negative");
                    require(log.size() >= 0, at, "the size of log " + log.logId() + " is negative");
                    require(log.size() <= MOST_BYTES, at, "log " + log.logId() + " is larger than any object can be");
                }
            }
        }
    }

    private static void require(boolean holds, String path, String fault) throws DamagedMetaException {
        if (!holds) {
            throw new DamagedMetaException("at " + path + ": " + fault);
        }
    }
}
