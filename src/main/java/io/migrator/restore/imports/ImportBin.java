package io.migrator.restore.imports;

import io.migrator.format.meta.FieldBinlog;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.ImportOrder.Dirs;
import java.util.Collection;
import java.util.List;

/**
 * An import job to be.
 *
 * @param turn jobs of a later turn wait for all of the earlier ones of their collection
 * @param partition empty for deletes of all partitions
 * @param dirs where Milvus reads the segments; of deletes, one for each segment in their order
 * @param staged whether the files must be copied there first
 */
public record ImportBin(int turn, String partition, List<SegmentInfo> segments, List<Dirs> dirs, boolean staged) {
    /** Rows, with the deletes that lie in their own segments. */
    public static final int DATA = 0;
    /** L0 segments of one partition. */
    static final int PARTITION_DELETES = 1;
    /** L0 segments that concern all partitions. */
    static final int COLLECTION_DELETES = 2;

    public ImportBin {
        segments = List.copyOf(segments);
        dirs = List.copyOf(dirs);
    }

    public boolean deletesOnly() {
        return turn != DATA;
    }

    /** Rows that may come in; none of segments that hold deletes only. */
    public long rows() {
        return deletesOnly()
                ? 0
                : segments.stream().mapToLong(SegmentInfo::rows).sum();
    }

    public long bytes() {
        return bytes(segments);
    }

    /** The first of its directories: no other job of the restore has it. */
    public String place() {
        return dirs.get(0).paths().get(0);
    }

    boolean hasDeletes() {
        return dirs.stream().anyMatch(pair -> !pair.deltaDir().isEmpty());
    }

    long storageVersion() {
        return segments.get(0).storageVersion();
    }

    static long bytes(Collection<SegmentInfo> segments) {
        return segments.stream().mapToLong(SegmentInfo::size).sum();
    }

    public static boolean hasDeletes(Collection<SegmentInfo> segments) {
        return segments.stream().anyMatch(ImportBin::hasDeletes);
    }

    public static boolean hasDeletes(SegmentInfo segment) {
        return segment.deltaLogs().stream().map(FieldBinlog::binlogs).anyMatch(logs -> !logs.isEmpty());
    }
}
