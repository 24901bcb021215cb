package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.catalog.DeleteCount;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.CollectionName;
import io.migrator.format.PartitionInfo;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.SchemaDiff;
import io.migrator.report.RunReport;
import io.migrator.store.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The step {@code verifyRestore}: rows of each partition, and schema, indexes and properties field by field. */
final class VerifyRestore {
    private static final List<String> HEADER = List.of(
            "collection", "partition", "rows in backup", "delete entries", "deleted", "imported", "in Milvus", "equal");

    private final JobContext context;
    private final MilvusTarget target;
    private final ImportLedger ledger;
    private final ObjectStore vault;
    private final ImportPlanner planner;

    private final List<List<String>> table = new ArrayList<>();
    private final List<Map<String, Object>> facts = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private boolean foundNothing;

    /**
     * @param vault where the delta logs are counted
     * @param planner cuts a collection into imports as it was cut for the ledger
     */
    VerifyRestore(
            JobContext context, MilvusTarget target, ImportLedger ledger, ObjectStore vault, ImportPlanner planner) {
        this.context = context;
        this.target = target;
        this.ledger = ledger;
        this.vault = vault;
        this.planner = planner;
    }

    void run(List<Restored> items, boolean compareIndexes) {
        context.progress().stage("verify", items.size(), 0);
        for (Restored item : items) {
            CollectionInfo restored = target.find(
                            item.target().database(), item.target().collection())
                    .orElseThrow(() -> gone(item.target()))
                    .info();
            (compareIndexes
                            ? SchemaDiff.between(item.source(), restored)
                            : SchemaDiff.withoutIndexes(item.source(), restored))
                    .forEach(line -> faults.add(item.target() + ": " + line));
            compareRows(item, restored.collectionId());
            context.progress().advance(1, 0);
        }
        context.report().table(new RunReport.Table("Restored", HEADER, table));
        context.report().fact("partitions", facts);
        context.report().fact("differences", faults);
        if (!faults.isEmpty()) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "prove",
                    context.name(),
                    faults.size() + " differences: " + String.join("; ", faults),
                    foundNothing
                            ? "An import without rows means that Milvus found no binlogs under that key in its own"
                                    + " bucket. Set minio.bucketName to the bucket that this Milvus reads, drop the"
                                    + " restored collection and run the same command again."
                            : "Drop the restored collection and run the same command again; if it stays, report it.");
        }
    }

    private void compareRows(Restored item, long restoredId) {
        CollectionInfo source = item.source();
        DeleteCount deletes = DeleteCount.read(
                vault, new VaultLayout(context.config().vault().rootPath(), context.name()), RowProof.segments(source));
        if (!deletes.known()) {
            context.progress()
                    .note("the deletes of %s are not counted (%s): an import that lost rows there would not be seen"
                            .formatted(item.target(), deletes.unknownBecause()));
        }
        RowProof proof = new RowProof(item.target(), deletes, ledger.of(source.collectionId()), planner.plan(source));
        for (PartitionInfo partition : source.partitions()) {
            RowProof.Verdict verdict = proof.judge(partition);
            faults.addAll(verdict.faults());
            foundNothing |= verdict.foundNothing();
            compare(item.target(), restoredId, partition.name(), verdict, deletes.known());
        }
    }

    private void compare(
            CollectionName name, long restoredId, String partition, RowProof.Verdict verdict, boolean counted) {
        long backup = verdict.window().most();
        long imported = verdict.imported();
        long server = target.rows(name.database(), name.collection(), partition);
        boolean equal = imported == server;
        table.add(List.of(
                name.toString(),
                partition,
                String.valueOf(backup),
                counted ? String.valueOf(verdict.window().entries()) : "not counted",
                String.valueOf(backup - imported),
                String.valueOf(imported),
                String.valueOf(server),
                equal && verdict.faults().isEmpty() ? "yes" : "NO"));
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("collection", name.toString());
        fact.put("collection_id", restoredId);
        fact.put("partition", partition);
        fact.put("rows_in_backup", backup);
        if (counted) {
            fact.put("delete_entries", verdict.window().entries());
        }
        fact.put("rows_imported", imported);
        fact.put("rows_in_milvus", server);
        facts.add(fact);
        if (!equal) {
            faults.add(
                    "%s, partition %s: imported %d rows, Milvus has %d".formatted(name, partition, imported, server));
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
