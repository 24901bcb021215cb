package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.catalog.DeleteCount;
import io.migrator.format.CollectionInfo;
import io.migrator.format.PartitionInfo;
import io.migrator.format.SegmentInfo;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.MilvusTarget;
import io.migrator.store.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Holds the rows of every partition of a restored collection against its backup and against what Milvus counts. */
final class PartitionProof {
    static final List<String> HEADER = List.of(
            "collection", "partition", "rows in backup", "delete entries", "deleted", "imported", "in Milvus", "equal");

    private final JobContext context;
    private final MilvusTarget target;
    private final ImportLedger ledger;
    private final RestoreTables tables;
    private final ObjectStore vault;
    private final ImportPlanner planner;

    /**
     * @param vault where the delta logs are counted
     * @param planner cuts a collection into imports as it was cut for the ledger
     */
    PartitionProof(
            JobContext context,
            MilvusTarget target,
            ImportLedger ledger,
            RestoreTables tables,
            ObjectStore vault,
            ImportPlanner planner) {
        this.context = context;
        this.target = target;
        this.ledger = ledger;
        this.tables = tables;
        this.vault = vault;
        this.planner = planner;
    }

    /** For one collection: rows for people, facts for programs, and what is wrong or cannot be proven. */
    record Findings(
            List<List<String>> table,
            List<Map<String, Object>> facts,
            List<String> faults,
            List<String> doubts,
            boolean foundNothing) {}

    /** Deletes of L0 segments that Milvus may or may not have applied to its count yet. */
    private record Pending(long entries, boolean known) {
        static Pending of(DeleteCount count, Stream<SegmentInfo> segments) {
            List<SegmentInfo> all = segments.toList();
            return new Pending(
                    all.stream()
                            .mapToLong(segment -> count.bySegment().getOrDefault(segment.segmentId(), 0L))
                            .sum(),
                    count.known() || all.isEmpty());
        }

        boolean explains(long missing) {
            return missing >= 0 && (missing <= entries || !known);
        }

        /** Whether rows are missing that uncounted deletes may have removed, or may not. */
        boolean unproven(long missing) {
            return missing > entries && !known;
        }
    }

    Findings of(Restored item, long restoredId) {
        CollectionInfo source = item.source();
        DeleteCount deletes = count(item, RowProof.segments(source));
        DeleteCount level0 = count(item, level0(source).toList());
        RowProof proof = new RowProof(
                item.target(),
                source.schema().generatesKeys(),
                deletes,
                ledger.of(source.collectionId()),
                planner.plan(source));
        Findings findings =
                new Findings(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), false);
        boolean foundNothing = false;
        for (PartitionInfo partition : source.partitions()) {
            RowProof.Verdict verdict = proof.judge(partition);
            findings.faults().addAll(verdict.faults());
            findings.doubts().addAll(verdict.doubts());
            foundNothing |= verdict.foundNothing();
            Pending pending = Pending.of(
                    level0,
                    Stream.concat(
                            source.level0Segments().stream(),
                            partition.segments().stream().filter(SegmentInfo::level0)));
            compare(item, restoredId, partition.name(), verdict, deletes.known(), pending, findings);
        }
        return new Findings(findings.table(), findings.facts(), findings.faults(), findings.doubts(), foundNothing);
    }

    private static Stream<SegmentInfo> level0(CollectionInfo source) {
        return Stream.concat(
                source.level0Segments().stream(),
                source.partitions().stream()
                        .flatMap(partition -> partition.segments().stream())
                        .filter(SegmentInfo::level0));
    }

    private DeleteCount count(Restored item, List<SegmentInfo> segments) {
        DeleteCount deletes =
                DeleteCount.read(vault, new VaultLayout(context.config().vault().rootPath(), context.name()), segments);
        if (!deletes.known()) {
            context.progress()
                    .note("the deletes of %s are not counted (%s): an import that lost rows there would not be seen"
                            .formatted(item.target(), deletes.unknownBecause()));
        }
        return deletes;
    }

    private void compare(
            Restored item,
            long restoredId,
            String partition,
            RowProof.Verdict verdict,
            boolean counted,
            Pending pending,
            Findings findings) {
        long backup = verdict.window().most();
        long imported = verdict.imported();
        long before = tables.rowsBefore(item.source().collectionId(), partition);
        long server = target.rows(item.target().database(), item.target().collection(), partition);
        boolean equal = pending.explains(before + imported - server);
        boolean unproven = pending.unproven(before + imported - server);
        findings.table()
                .add(List.of(
                        item.target().toString(),
                        partition,
                        String.valueOf(backup),
                        counted ? String.valueOf(verdict.window().entries()) : "not counted",
                        String.valueOf(backup - imported),
                        String.valueOf(imported),
                        String.valueOf(server),
                        !equal || !verdict.faults().isEmpty()
                                ? "NO"
                                : verdict.doubts().isEmpty() && !unproven ? "yes" : "unproven"));
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("collection", item.target().toString());
        fact.put("collection_id", restoredId);
        fact.put("partition", partition);
        fact.put("rows_in_backup", backup);
        if (counted) {
            fact.put("delete_entries", verdict.window().entries());
        }
        if (pending.entries() > 0) {
            fact.put("l0_delete_entries", pending.entries());
        }
        if (before > 0) {
            fact.put("rows_before", before);
        }
        fact.put("rows_imported", imported);
        fact.put("rows_in_milvus", server);
        findings.facts().add(fact);
        if (!equal || unproven) {
            String sums = "%s, partition %s: imported %d rows%s, Milvus has %d"
                    .formatted(
                            item.target(),
                            partition,
                            imported,
                            before > 0 ? " to " + before + " that were there" : "",
                            server);
            if (equal) {
                findings.doubts().add(sums + "; the deletes that may have removed them are not counted");
            } else {
                findings.faults().add(sums);
            }
        }
    }
}
