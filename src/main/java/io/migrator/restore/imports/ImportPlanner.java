package io.migrator.restore.imports;

import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.milvus.calls.ServerVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts a collection into import jobs: the rows of its partitions, then the deletes that lie apart from them. */
public final class ImportPlanner {
    /** Cuts the rows of one partition into jobs, in the way that suits a version of Milvus. */
    interface RowJobs {
        List<ImportBin> plan(CollectionInfo collection, PartitionInfo partition, List<SegmentInfo> segments);
    }

    private final RowJobs rows;
    private final boolean inPlace;
    private final VaultLayout vault;
    private final String stagingDir;
    private final int deletesPerJob;

    /**
     * @param inPlace whether Milvus can read the vault itself
     * @param stagingDir directory in Milvus' bucket, ends with a slash
     * @param segmentsPerJob at most, as configured
     */
    public ImportPlanner(
            ServerVersion target, boolean inPlace, VaultLayout vault, String stagingDir, int segmentsPerJob) {
        StagedDirs staged = new StagedDirs(stagingDir);
        this.rows = target.atLeast(2, 4, 0)
                ? new SegmentJobs(inPlace, vault, staged, segmentsPerJob)
                : new PartitionJobs(inPlace, vault, staged);
        this.inPlace = inPlace;
        this.vault = vault;
        this.stagingDir = stagingDir;
        // Milvus takes several L0 segments a job since 2.6.5.
        this.deletesPerJob = target.atLeast(2, 6, 5) ? segmentsPerJob : 1;
    }

    /** In the order in which they may be sent. The same for the same target and backup. */
    public List<ImportBin> plan(CollectionInfo collection) {
        List<ImportBin> bins = new ArrayList<>();
        for (PartitionInfo partition : collection.partitions()) {
            List<SegmentInfo> segments = partition.segments().stream()
                    .filter(segment -> !segment.level0() && segment.rows() > 0)
                    .toList();
            if (!segments.isEmpty()) {
                bins.addAll(rows.plan(collection, partition, segments));
            }
        }
        for (PartitionInfo partition : collection.partitions()) {
            bins.addAll(deletes(
                    ImportBin.PARTITION_DELETES,
                    partition.name(),
                    partition.segments().stream().filter(SegmentInfo::level0).toList()));
        }
        bins.addAll(deletes(ImportBin.COLLECTION_DELETES, "", collection.level0Segments()));
        return bins;
    }

    private List<ImportBin> deletes(int turn, String partition, List<SegmentInfo> segments) {
        Map<Long, List<SegmentInfo>> alike = new LinkedHashMap<>();
        segments.stream().filter(ImportBin::hasDeletes).forEach(segment -> alike.computeIfAbsent(
                        segment.storageVersion(), version -> new ArrayList<>())
                .add(segment));
        List<ImportBin> bins = new ArrayList<>();
        for (Collection<SegmentInfo> same : alike.values()) {
            for (List<SegmentInfo> part : StagedDirs.cut(List.copyOf(same), deletesPerJob)) {
                List<Dirs> dirs = part.stream()
                        .map(segment -> new Dirs("", inPlace ? vault.deltaSegmentDir(segment) : staged(segment)))
                        .toList();
                bins.add(new ImportBin(turn, partition, part, dirs, !inPlace));
            }
        }
        return bins;
    }

    private String staged(SegmentInfo segment) {
        return stagingDir + "l0/delta_log/" + segment.collectionId() + "/" + segment.partitionId() + "/"
                + segment.segmentId() + "/";
    }
}
