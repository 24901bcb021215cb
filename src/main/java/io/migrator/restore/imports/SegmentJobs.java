package io.migrator.restore.imports;

import io.migrator.config.BackupConfig;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.ImportOrder.Dirs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Import jobs of Milvus 2.4 and later: many directories a job, each holding segments of one virtual channel and one
 * storage version. Milvus lists a directory one level deep, takes what it finds there for segments, and counts them.
 */
final class SegmentJobs implements ImportPlanner.RowJobs {
    /** {@code dataCoord.import.maxImportFileNumPerReq}, counted in segments. */
    private static final int MOST_SEGMENTS = 1024;

    private final boolean inPlace;
    private final VaultLayout vault;
    private final StagedDirs staged;
    private final int segmentsPerJob;
    /** A directory goes into one job whole; where that is too much for the server, its segments are staged. */
    private final int mostInPlace;

    SegmentJobs(boolean inPlace, VaultLayout vault, StagedDirs staged, int segmentsPerJob) {
        this.segmentsPerJob = segmentsPerJob;
        this.mostInPlace = segmentsPerJob < BackupConfig.SEGMENTS_PER_IMPORT
                ? segmentsPerJob
                : Math.max(MOST_SEGMENTS, segmentsPerJob);
        this.inPlace = inPlace;
        this.vault = vault;
        this.staged = staged;
    }

    private record Kind(@Nullable String channel, long storageVersion) {
        static Kind of(SegmentInfo segment) {
            return new Kind(segment.vchannel(), segment.storageVersion());
        }
    }

    private record Place(Dirs dirs, List<SegmentInfo> segments) {}

    @Override
    public List<ImportBin> plan(CollectionInfo collection, PartitionInfo partition, List<SegmentInfo> segments) {
        List<Place> usable = inPlace ? places(collection, partition, segments) : List.of();
        Set<Long> placed = usable.stream()
                .flatMap(place -> place.segments().stream())
                .map(SegmentInfo::segmentId)
                .collect(Collectors.toSet());
        List<ImportBin> bins = new ArrayList<>(inPlace(partition, usable));
        Map<Kind, List<SegmentInfo>> rest = new LinkedHashMap<>();
        segments.stream()
                .filter(segment -> !placed.contains(segment.segmentId()))
                .forEach(segment -> rest.computeIfAbsent(Kind.of(segment), kind -> new ArrayList<>())
                        .add(segment));
        for (List<SegmentInfo> alike : rest.values()) {
            for (List<SegmentInfo> part : StagedDirs.cut(alike, segmentsPerJob)) {
                bins.add(staged.bin(collection, partition, part, bins.size()));
            }
        }
        return bins;
    }

    /** The directories of the vault that can be named as they are. */
    private List<Place> places(CollectionInfo collection, PartitionInfo partition, List<SegmentInfo> segments) {
        if (vault.isPooled()) {
            return segments.stream().map(this::unit).toList();
        }
        boolean grouped = segments.stream().anyMatch(segment -> segment.groupId() != 0);
        Map<Long, List<SegmentInfo>> groups = new LinkedHashMap<>();
        segments.forEach(segment -> groups.computeIfAbsent(segment.groupId(), id -> new ArrayList<>())
                .add(segment));
        List<Place> places = new ArrayList<>();
        groups.forEach((group, members) -> {
            boolean alike = members.stream().map(Kind::of).distinct().count() == 1;
            // Beside groups, the partition's own directory holds those groups and not segments.
            boolean readable = group != 0 || !grouped;
            if (alike && readable && members.size() <= mostInPlace) {
                SegmentInfo first = members.get(0);
                String insertDir = group != 0
                        ? vault.insertGroupDir(first)
                        : vault.insertPartitionDir(collection.collectionId(), partition.partitionId());
                String deltaDir = group != 0
                        ? vault.deltaGroupDir(first)
                        : vault.deltaPartitionDir(collection.collectionId(), partition.partitionId());
                places.add(new Place(new Dirs(insertDir, ImportBin.hasDeletes(members) ? deltaDir : ""), members));
            }
        });
        return places;
    }

    /** In the pool all that is above a unit holds the segments of other backups as well. */
    private Place unit(SegmentInfo segment) {
        String deltaDir = ImportBin.hasDeletes(segment) ? vault.deltaGroupDir(segment) : "";
        return new Place(new Dirs(vault.insertGroupDir(segment), deltaDir), List.of(segment));
    }

    private List<ImportBin> inPlace(PartitionInfo partition, List<Place> places) {
        Map<Kind, List<Place>> kinds = places.stream()
                .collect(Collectors.groupingBy(
                        place -> Kind.of(place.segments().get(0)), LinkedHashMap::new, Collectors.toList()));
        List<ImportBin> bins = new ArrayList<>();
        for (List<Place> alike : kinds.values()) {
            List<Place> open = new ArrayList<>();
            int count = 0;
            for (Place place : alike) {
                if (!open.isEmpty() && count + place.segments().size() > segmentsPerJob) {
                    bins.add(bin(partition, open));
                    open = new ArrayList<>();
                    count = 0;
                }
                open.add(place);
                count += place.segments().size();
            }
            bins.add(bin(partition, open));
        }
        return bins;
    }

    private static ImportBin bin(PartitionInfo partition, List<Place> places) {
        return new ImportBin(
                ImportBin.DATA,
                partition.name(),
                places.stream().flatMap(place -> place.segments().stream()).toList(),
                places.stream().map(Place::dirs).toList(),
                false);
    }
}
