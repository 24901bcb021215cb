package io.migrator.backup;

import io.migrator.copy.CopyPlan;
import io.migrator.copy.PlannedCopy;
import io.migrator.format.BackupInfo;
import io.migrator.format.CollectionInfo;
import io.migrator.format.PartitionInfo;
import io.migrator.format.SegmentInfo;
import io.migrator.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a finished backup tells its user: a line for each collection. */
final class BackupSummary {
    private final BackupInfo backup;
    private final CopyPlan plan;

    BackupSummary(BackupInfo backup, CopyPlan plan) {
        this.backup = backup;
        this.plan = plan;
    }

    void addTo(RunReport report) {
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, Object>> facts = new ArrayList<>();
        for (CollectionInfo collection : backup.collections()) {
            List<SegmentInfo> segments = collection.partitions().stream()
                    .map(PartitionInfo::segments)
                    .flatMap(List::stream)
                    .toList();
            long rowCount = segments.stream().mapToLong(SegmentInfo::rows).sum();
            rows.add(List.of(
                    collection.qualifiedName(),
                    String.valueOf(collection.partitions().size()),
                    String.valueOf(segments.size()),
                    String.valueOf(rowCount),
                    String.valueOf(collection.size())));
            facts.add(Map.of(
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
}
