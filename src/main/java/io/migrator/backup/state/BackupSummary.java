package io.migrator.backup.state;

import io.migrator.copy.CopyPlan;
import io.migrator.copy.PlannedCopy;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.RunRecord;
import io.migrator.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a finished backup tells its user: a line for each collection. */
public final class BackupSummary {
    private final BackupInfo backup;
    private final CopyPlan plan;

    public BackupSummary(BackupInfo backup, CopyPlan plan) {
        this.backup = backup;
        this.plan = plan;
    }

    public void addTo(RunReport report) {
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, Object>> facts = new ArrayList<>();
        for (CollectionInfo collection : backup.collections()) {
            List<SegmentInfo> segments = collection.partitions().stream()
                    .map(PartitionInfo::segments)
                    .flatMap(List::stream)
                    .toList();
            long rowCount = rows(segments);
            rows.add(List.of(
                    collection.qualifiedName(),
                    String.valueOf(collection.partitions().size()),
                    String.valueOf(segments.size()),
                    String.valueOf(rowCount),
                    String.valueOf(collection.size())));
            facts.add(RunReport.parts(
                    "collection", collection.qualifiedName(),
                    "segments", segments.size(),
                    "rows", rowCount,
                    "bytes", collection.size()));
        }
        report.table(new RunReport.Table(
                "Backed up", List.of("collection", "partitions", "segments", "rows before deletes", "bytes"), rows));
        report.fact("collections", facts);
        report.fact("objects", plan.totals(PlannedCopy.State.COPIED).objects());
        report.fact("bytes", backup.size());
    }

    /** What Milvus counts for an L0 segment are no rows. */
    public static long rows(List<SegmentInfo> segments) {
        return segments.stream()
                .filter(segment -> !segment.level0())
                .mapToLong(SegmentInfo::rows)
                .sum();
    }

    /** Names what is not in the backup. */
    static void addMissing(RunReport report, List<RunRecord.Missing> missing) {
        report.table(new RunReport.Table(
                "Missing",
                List.of("collection", "reason"),
                missing.stream()
                        .map(one -> List.of(one.database() + "." + one.name(), one.reason()))
                        .toList()));
        report.fact(
                "missing",
                missing.stream()
                        .map(one -> RunReport.parts(
                                "collection", one.database() + "." + one.name(), "reason", one.reason()))
                        .toList());
    }
}
