package io.migrator.restore;

import io.migrator.format.CollectionInfo;
import io.migrator.format.FieldBinlog;
import io.migrator.format.PartitionInfo;
import io.migrator.format.SegmentInfo;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.ServerVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts the partitions of a collection into import jobs. A job costs about 2 s whatever its size, so small segments go
 * together; but Milvus 2.3 fails a job after 900 s, so a job stays far below what takes that long (measured on 2.3.5:
 * 100 segments of 500 rows 9.6 s; 47 MB 29 s).
 */
final class ImportPlanner {
    static final int MAX_SEGMENTS = 1000;
    static final long MAX_BYTES = 1L << 30;

    private final boolean wholePartitions;
    private final boolean inPlace;
    private final VaultLayout vault;
    private final String stagingDir;

    /**
     * @param inPlace whether Milvus can read the vault itself
     * @param stagingDir directory in Milvus' bucket, ends with a slash
     */
    ImportPlanner(ServerVersion target, boolean inPlace, VaultLayout vault, String stagingDir) {
        this.wholePartitions = !target.atLeast(2, 4, 0);
        this.inPlace = inPlace;
        this.vault = vault;
        this.stagingDir = stagingDir;
    }

    /**
     * An import job to be.
     *
     * @param staged whether its files must be copied to its directories first
     */
    record Bin(String partition, List<SegmentInfo> segments, String insertDir, String deltaDir, boolean staged) {
        long rows() {
            return segments.stream().mapToLong(SegmentInfo::rows).sum();
        }

        long bytes() {
            return segments.stream().mapToLong(SegmentInfo::size).sum();
        }
    }

    List<Bin> plan(CollectionInfo collection) {
        List<Bin> bins = new ArrayList<>();
        for (PartitionInfo partition : collection.partitions()) {
            List<SegmentInfo> segments = partition.segments().stream()
                    .filter(segment -> !segment.level0())
                    .toList();
            if (!segments.isEmpty()) {
                bins.addAll(plan(collection, partition, segments));
            }
        }
        return bins;
    }

    private List<Bin> plan(CollectionInfo collection, PartitionInfo partition, List<SegmentInfo> segments) {
        Map<String, List<SegmentInfo>> groups = new LinkedHashMap<>();
        segments.forEach(segment -> groups.computeIfAbsent(vault.insertGroupDir(segment), dir -> new ArrayList<>())
                .add(segment));
        boolean grouped = segments.stream().anyMatch(segment -> segment.groupId() != 0);
        if (inPlace && (!grouped || (wholePartitions && fits(segments)))) {
            return List.of(inPlace(
                    partition,
                    segments,
                    vault.insertPartitionDir(collection.collectionId(), partition.partitionId()),
                    vault.deltaPartitionDir(collection.collectionId(), partition.partitionId())));
        }
        List<Bin> bins = new ArrayList<>();
        for (List<SegmentInfo> packed : pack(groups.values())) {
            SegmentInfo first = packed.get(0);
            boolean oneGroup = vault.insertGroupDir(first).equals(vault.insertGroupDir(packed.get(packed.size() - 1)));
            bins.add(
                    inPlace && oneGroup
                            ? inPlace(partition, packed, vault.insertGroupDir(first), vault.deltaGroupDir(first))
                            : staged(collection, partition, packed, bins.size()));
        }
        return bins;
    }

    private List<List<SegmentInfo>> pack(Iterable<List<SegmentInfo>> groups) {
        List<List<SegmentInfo>> bins = new ArrayList<>();
        List<SegmentInfo> open = new ArrayList<>();
        for (List<SegmentInfo> group : groups) {
            List<SegmentInfo> together = new ArrayList<>(open);
            together.addAll(group);
            boolean alone = inPlace && !wholePartitions;
            if (!open.isEmpty() && (alone || !fits(together))) {
                bins.add(open);
                open = new ArrayList<>(group);
            } else {
                open = together;
            }
        }
        bins.add(open);
        return bins;
    }

    private static boolean fits(List<SegmentInfo> segments) {
        return segments.size() <= MAX_SEGMENTS
                && segments.stream().mapToLong(SegmentInfo::size).sum() <= MAX_BYTES;
    }

    private static Bin inPlace(PartitionInfo partition, List<SegmentInfo> segments, String insertDir, String deltaDir) {
        return new Bin(partition.name(), segments, insertDir, hasDeletes(segments) ? deltaDir : "", false);
    }

    private Bin staged(CollectionInfo collection, PartitionInfo partition, List<SegmentInfo> segments, int number) {
        String place = collection.collectionId() + "/" + partition.partitionId() + "/" + number + "/";
        return new Bin(
                partition.name(),
                segments,
                stagingDir + "insert_log/" + place,
                hasDeletes(segments) ? stagingDir + "delta_log/" + place : "",
                true);
    }

    private static boolean hasDeletes(List<SegmentInfo> segments) {
        return segments.stream()
                .map(SegmentInfo::deltaLogs)
                .flatMap(List::stream)
                .map(FieldBinlog::binlogs)
                .anyMatch(logs -> !logs.isEmpty());
    }
}
