package io.migrator.restore.imports;

import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.ImportOrder.Dirs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Import jobs of Milvus 2.3: one directory a job. A job costs about 2 s whatever its size, so small segments go together;
 * but 2.3 fails a job after 900 s, so a job stays far below what takes that long (measured on 2.3.5: 100 segments of 500
 * rows 9.6 s; 47 MB 29 s).
 */
final class PartitionJobs implements ImportPlanner.RowJobs {
    private static final int MAX_SEGMENTS = 1000;
    private static final long MAX_BYTES = 1L << 30;
    /** From here on a job's own 2 s are little beside the work, and staging would cost more. */
    private static final long LARGE = 64L << 20;

    private final boolean inPlace;
    private final VaultLayout vault;
    private final StagedDirs staged;

    PartitionJobs(boolean inPlace, VaultLayout vault, StagedDirs staged) {
        this.inPlace = inPlace;
        this.vault = vault;
        this.staged = staged;
    }

    @Override
    public List<ImportBin> plan(CollectionInfo collection, PartitionInfo partition, List<SegmentInfo> segments) {
        boolean grouped = vault.isPooled() || segments.stream().anyMatch(segment -> segment.groupId() != 0);
        // In the pool a partition's directory has the segments of other backups as well.
        if (inPlace && !vault.isPooled() && fits(segments.size(), ImportBin.bytes(segments))) {
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
        List<ImportBin> bins = new ArrayList<>();
        for (List<List<SegmentInfo>> packed : pack(places.values())) {
            SegmentInfo first = packed.get(0).get(0);
            List<SegmentInfo> all = packed.stream().flatMap(List::stream).toList();
            if (!inPlace || packed.size() > 1) {
                bins.add(staged.bin(collection, partition, all, bins.size()));
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
        int count = 0;
        long bytes = 0;
        for (List<SegmentInfo> place : places) {
            long size = ImportBin.bytes(place);
            if (inPlace && size >= LARGE) {
                bins.add(List.of(place));
                continue;
            }
            if (!open.isEmpty() && !fits(count + place.size(), bytes + size)) {
                bins.add(open);
                open = new ArrayList<>();
                count = 0;
                bytes = 0;
            }
            open.add(place);
            count += place.size();
            bytes += size;
        }
        if (!open.isEmpty()) {
            bins.add(open);
        }
        return bins;
    }

    private static boolean fits(int count, long bytes) {
        return count <= MAX_SEGMENTS && bytes <= MAX_BYTES;
    }

    private static ImportBin inPlace(
            PartitionInfo partition, List<SegmentInfo> segments, String insertDir, String deltaDir) {
        Dirs dirs = new Dirs(insertDir, ImportBin.hasDeletes(segments) ? deltaDir : "");
        return new ImportBin(ImportBin.DATA, partition.name(), segments, List.of(dirs), false);
    }
}
