package io.migrator.export;

import io.migrator.copy.CopyPlan;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.report.ByteSize;
import io.migrator.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an export tells its user: a line for each collection. */
record ExportReport(RunReport report, CopyPlan plan) {
    void tell(String title, BackupInfo backup, String to, String place) {
        Map<Long, Long> objects = plan.objectsByOwner();
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, Object>> facts = new ArrayList<>();
        for (CollectionInfo one : backup.collections()) {
            long count = objects.getOrDefault(one.collectionId(), 0L);
            rows.add(List.of(one.qualifiedName(), String.valueOf(count), ByteSize.text((double) one.size())));
            facts.add(RunReport.parts("collection", one.qualifiedName(), "objects", count, "bytes", one.size()));
        }
        report.table(new RunReport.Table(title, List.of("collection", "objects", "bytes"), rows));
        report.fact("to", to);
        report.fact("vault", place);
        report.fact("collections", facts);
        report.fact("objects", plan.size());
        report.fact(
                "bytes",
                backup.collections().stream().mapToLong(CollectionInfo::size).sum());
    }
}
