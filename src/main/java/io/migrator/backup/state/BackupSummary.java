package io.migrator.backup.state;

import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.own.PoolShare;
import io.migrator.format.own.PoolShare.Amount;
import io.migrator.format.own.RunRecord;
import io.migrator.report.ByteSize;
import io.migrator.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a finished backup tells its user: a line for each collection. */
public final class BackupSummary {
    private final BackupInfo backup;
    private final long objects;

    /** @param objects how many there are in it */
    public BackupSummary(BackupInfo backup, long objects) {
        this.backup = backup;
        this.objects = objects;
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
                    ByteSize.text((double) collection.size())));
            facts.add(RunReport.parts(
                    "collection", collection.qualifiedName(),
                    "segments", segments.size(),
                    "rows", rowCount,
                    "bytes", collection.size()));
        }
        report.table(new RunReport.Table(
                "Backed up", List.of("collection", "partitions", "segments", "rows before deletes", "bytes"), rows));
        report.fact("collections", facts);
        report.fact("objects", objects);
        report.fact("bytes", backup.size());
    }

    /** What an incremental backup copied, and what was there. */
    public static void addShare(RunReport report, PoolShare share) {
        report.table(new RunReport.Table(
                "Units of the pool",
                List.of("", "units", "objects", "bytes", "of all"),
                List.of(row("copied", share.copied(), share.shared()), row("shared", share.shared(), share.copied()))));
        report.fact("copied", amount(share.copied()));
        report.fact("shared", amount(share.shared()));
        report.fact(
                "parents", share.parents().stream().map(PoolShare.Parent::name).toList());
    }

    /** Such as {@code copied 3.1 GiB, shared 1.0 TiB (99.7 %)}. */
    public static String sentence(PoolShare share) {
        long all = share.copied().bytes() + share.shared().bytes();
        return "copied %s, shared %s (%s)"
                .formatted(
                        ByteSize.text((double) share.copied().bytes()),
                        ByteSize.text((double) share.shared().bytes()),
                        ByteSize.share(share.shared().bytes(), all));
    }

    private static List<String> row(String what, Amount amount, Amount rest) {
        return List.of(
                what,
                String.valueOf(amount.units()),
                String.valueOf(amount.objects()),
                ByteSize.text((double) amount.bytes()),
                ByteSize.share(amount.bytes(), amount.bytes() + rest.bytes()));
    }

    private static Map<String, Object> amount(Amount amount) {
        return RunReport.parts("units", amount.units(), "objects", amount.objects(), "bytes", amount.bytes());
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
