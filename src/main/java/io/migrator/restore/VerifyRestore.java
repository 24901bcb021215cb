package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.CollectionName;
import io.migrator.format.PartitionInfo;
import io.migrator.format.SegmentInfo;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.SchemaDiff;
import io.migrator.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The step {@code verifyRestore}: rows of each partition, and schema, indexes and properties field by field. */
final class VerifyRestore {
    private final JobContext context;
    private final MilvusTarget target;
    private final ImportLedger ledger;

    VerifyRestore(JobContext context, MilvusTarget target, ImportLedger ledger) {
        this.context = context;
        this.target = target;
        this.ledger = ledger;
    }

    void run(List<Restored> items, boolean compareIndexes) {
        context.progress().stage("verify", items.size(), 0);
        List<List<String>> table = new ArrayList<>();
        List<Map<String, Object>> facts = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Restored item : items) {
            CollectionInfo restored = target.find(
                            item.target().database(), item.target().collection())
                    .orElseThrow(() -> gone(item.target()))
                    .info();
            (compareIndexes
                            ? SchemaDiff.between(item.source(), restored)
                            : SchemaDiff.withoutIndexes(item.source(), restored))
                    .forEach(line -> faults.add(item.target() + ": " + line));
            for (PartitionInfo partition : item.source().partitions()) {
                compareRows(item, restored, partition, table, facts, faults);
            }
            context.progress().advance(1, 0);
        }
        context.report()
                .table(new RunReport.Table(
                        "Restored",
                        List.of(
                                "collection",
                                "partition",
                                "rows in backup",
                                "deleted",
                                "imported",
                                "in Milvus",
                                "equal"),
                        table));
        context.report().fact("partitions", facts);
        context.report().fact("differences", faults);
        if (!faults.isEmpty()) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "prove",
                    context.name(),
                    faults.size() + " differences: " + String.join("; ", faults),
                    "Drop the restored collection and run the same command again; if it stays, report it.");
        }
    }

    private void compareRows(
            Restored item,
            CollectionInfo restored,
            PartitionInfo partition,
            List<List<String>> table,
            List<Map<String, Object>> facts,
            List<String> faults) {
        CollectionName name = item.target();
        long backup = partition.segments().stream().mapToLong(SegmentInfo::rows).sum();
        long imported = ledger.of(item.source().collectionId()).stream()
                .filter(unit -> unit.partition().equals(partition.name()))
                .mapToLong(ImportUnit::importedRows)
                .sum();
        long server = target.rows(name.database(), name.collection(), partition.name());
        boolean equal = imported == server;
        table.add(List.of(
                name.toString(),
                partition.name(),
                String.valueOf(backup),
                String.valueOf(backup - imported),
                String.valueOf(imported),
                String.valueOf(server),
                equal ? "yes" : "NO"));
        facts.add(Map.of(
                "collection",
                name.toString(),
                "collection_id",
                restored.collectionId(),
                "partition",
                partition.name(),
                "rows_in_backup",
                backup,
                "rows_imported",
                imported,
                "rows_in_milvus",
                server));
        if (!equal) {
            faults.add("%s, partition %s: imported %d rows, Milvus has %d"
                    .formatted(name, partition.name(), imported, server));
        }
    }

    private static MigratorException gone(CollectionName name) {
        return MigratorException.unable(
                Failure.RESUME_REFUSED,
                "prove",
                name.toString(),
                "somebody dropped it while it was restored",
                "Run the same command again to restore it anew.");
    }
}
