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
    /** From here on a job's own 2 s are little beside the work, and staging would cost more. */
    private static final long LARGE = 64L << 20;

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
            return ImportPlanner.bytes(segments);
        }
    }

    List<Bin> plan(CollectionInfo collection) {
        List<Bin> bins = new ArrayList<>();
        for (PartitionInfo partition : collection.partitions()) {
            List<SegmentInfo> segments = partition.segments().stream()
                    .filter(segment -> !segment.level0() && segment.rows() > 0)
                    .toList();
            if (!segments.isEmpty()) {
                bins.addAll(plan(collection, partition, segments));
            }
        }
        return bins;
    }

    private List<Bin> plan(CollectionInfo collection, PartitionInfo partition, List<SegmentInfo> segments) {
        boolean grouped = segments.stream().anyMatch(segment -> segment.groupId() != 0);
        if (inPlace && (wholePartitions ? fits(segments) : !grouped)) {
            return List.of(inPlace(
                    partition,
                    segments,
                    vault.insertPartitionDir(collection.collectionId(), partition.partitionId()),
                    vault.deltaPartitionDir(collection.collectionId(), partition.partitionId())));
        }
        Map<String, List<SegmentInfo>> places = new LinkedHashMap<>();
        segments.forEach(segment -> places.computeIfAbsent(
                        grouped ? vault.insertGroupDir(segment) : vault.insertSegmentDir(segment),
                        dir -> new ArrayList<>())
                .add(segment));
        List<Bin> bins = new ArrayList<>();
        for (List<List<SegmentInfo>> packed : pack(places.values())) {
            SegmentInfo first = packed.get(0).get(0);
            List<SegmentInfo> all = packed.stream().flatMap(List::stream).toList();
            if (!inPlace || packed.size() > 1) {
                bins.add(staged(collection, partition, all, bins.size()));
            } else if (grouped) {
                bins.add(inPlace(partition, all, vault.insertGroupDir(first), vault.deltaGroupDir(first)));
            } else {
                bins.add(inPlace(partition, all, vault.insertSegmentDir(first), vault.deltaSegmentDir(first)));
            }
        }
        return bins;
    }

    /** Puts places together while they fit into one job; in place, only small ones, since together they must be staged. */
    private List<List<List<SegmentInfo>>> pack(Iterable<List<SegmentInfo>> places) {
        List<List<List<SegmentInfo>>> bins = new ArrayList<>();
        List<List<SegmentInfo>> open = new ArrayList<>();
        for (List<SegmentInfo> place : places) {
            boolean alone = inPlace && (!wholePartitions || bytes(place) >= LARGE);
            if (alone) {
                bins.add(List.of(place));
                continue;
            }
            List<SegmentInfo> together = new ArrayList<>(place);
            open.forEach(together::addAll);
            if (!open.isEmpty() && !fits(together)) {
                bins.add(open);
                open = new ArrayList<>();
            }
            open.add(place);
        }
        if (!open.isEmpty()) {
            bins.add(open);
        }
        return bins;
    }

    private static long bytes(List<SegmentInfo> segments) {
        return segments.stream().mapToLong(SegmentInfo::size).sum();
    }

    private static boolean fits(List<SegmentInfo> segments) {
        return segments.size() <= MAX_SEGMENTS && bytes(segments) <= MAX_BYTES;
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
