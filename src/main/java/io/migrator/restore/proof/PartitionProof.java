package io.migrator.restore.proof;

import io.migrator.batch.JobContext;
import io.migrator.catalog.DeleteCount;
import io.migrator.catalog.KeyCount;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.schema.Expiry;
import io.migrator.restore.imports.ImportLedger;
import io.migrator.restore.imports.ImportPlanner;
import io.migrator.restore.imports.Orders;
import io.migrator.restore.state.RestoreTables;
import io.migrator.restore.state.Restored;
import io.migrator.store.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the rows of every partition of a restored collection against its backup and against what Milvus counts. */
public final class PartitionProof {
    static final List<String> HEADER = List.of(
            "collection", "partition", "rows in backup", "delete entries", "deleted", "imported", "in Milvus", "equal");

    private final JobContext context;
    private final MilvusTarget target;
    private final ImportLedger ledger;
    private final RestoreTables tables;
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final ImportPlanner planner;
    private final Orders orders;

    /**
     * @param vault where the delta logs are counted
     * @param layout of the backup
     * @param planner cuts a collection into imports as it was cut for the ledger
     * @param orders knows up to which moment deletes count
     */
    public PartitionProof(
            JobContext context,
            MilvusTarget target,
            ImportLedger ledger,
            RestoreTables tables,
            ObjectStore vault,
            VaultLayout layout,
            ImportPlanner planner,
            Orders orders) {
        this.orders = orders;
        this.context = context;
        this.target = target;
        this.ledger = ledger;
        this.tables = tables;
        this.vault = vault;
        this.layout = layout;
        this.planner = planner;
    }

    /** For one collection: rows for people, facts for programs, and what is wrong or cannot be proven. */
    record Findings(
            List<List<String>> table,
            List<Map<String, Object>> facts,
            List<String> faults,
            List<String> doubts,
            boolean foundNothing,
            boolean lacksRows) {}

    Findings of(Restored item, CollectionInfo restored) {
        long restoredId = restored.collectionId();
        CollectionInfo source = item.source();
        DeleteCount deletes = count(item, RowProof.segments(source));
        DeleteCount level0 = count(item, level0(source).toList());
        RowProof proof = new RowProof(
                item.target(),
                source.schema().generatesKeys(),
                target.version().atLeast(2, 4, 0),
                deletes,
                ledger.of(source.collectionId()),
                planner.plan(source),
                bin -> KeyCount.read(vault, layout, source, bin.segments(), orders.until(source.collectionId())));
        Findings findings =
                new Findings(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), false, false);
        boolean foundNothing = false;
        boolean lacksRows = false;
        for (PartitionInfo partition : source.partitions()) {
            RowProof.Verdict verdict = proof.judge(partition);
            findings.faults().addAll(verdict.faults());
            findings.doubts().addAll(verdict.doubts());
            foundNothing |= verdict.foundNothing();
            List<SegmentInfo> own = Stream.concat(
                            source.level0Segments().stream(),
                            partition.segments().stream().filter(SegmentInfo::level0))
                    .toList();
            RowCount rows = RowCount.of(
                    tables.rowsBefore(source.collectionId(), partition.name()),
                    verdict.imported(),
                    target.rows(item.target().database(), item.target().collection(), partition.name()),
                    level0,
                    own,
                    Expiry.told(restored));
            if (rows.dependsOnPending()) {
                rows = leftByLevel0(source, partition, own).map(rows::leaving).orElse(rows);
            }
            lacksRows |= rows.lacksRows();
            note(item, restoredId, partition.name(), verdict, deletes.known(), rows, findings);
        }
        findings.doubts().addAll(elsewhere(item, restored, level0));
        return new Findings(
                findings.table(), findings.facts(), findings.faults(), findings.doubts(), foundNothing, lacksRows);
    }

    /** Rows of a partition that its own deletes and those of L0 segments leave, where keys tell. */
    private Optional<Long> leftByLevel0(CollectionInfo source, PartitionInfo partition, List<SegmentInfo> level0) {
        List<SegmentInfo> data = partition.segments().stream()
                .filter(segment -> !segment.level0())
                .toList();
        return KeyCount.read(vault, layout, source, data, level0, orders.until(source.collectionId()))
                .map(KeyCount::right);
    }

    /** Deletes that concern all partitions also concern those that the backup does not have, and that were there. */
    private List<String> elsewhere(Restored item, CollectionInfo restored, DeleteCount level0) {
        CollectionInfo source = item.source();
        if (!tables.tookOver(source.collectionId()) || !deletes(source.level0Segments(), level0)) {
            return List.of();
        }
        Set<String> own = source.partitions().stream().map(PartitionInfo::name).collect(Collectors.toSet());
        return restored.partitions().stream()
                .map(PartitionInfo::name)
                .filter(name -> !own.contains(name))
                .filter(name ->
                        target.rows(item.target().database(), item.target().collection(), name) > 0)
                .map(name ->
                        ("%s, partition %s: it was there before, and deletes of L0 segments came in, which Milvus takes"
                                        + " for all partitions: whether rows of it were hit is not known")
                                .formatted(item.target(), name))
                .toList();
    }

    private static boolean deletes(List<SegmentInfo> segments, DeleteCount level0) {
        return segments.stream()
                .anyMatch(segment -> !level0.known() || level0.bySegment().getOrDefault(segment.segmentId(), 0L) > 0);
    }

    private static Stream<SegmentInfo> level0(CollectionInfo source) {
        return Stream.concat(
                source.level0Segments().stream(),
                source.partitions().stream()
                        .flatMap(partition -> partition.segments().stream())
                        .filter(SegmentInfo::level0));
    }

    private DeleteCount count(Restored item, List<SegmentInfo> segments) {
        DeleteCount deletes = DeleteCount.read(vault, layout, segments);
        if (!deletes.known()) {
            context.progress()
                    .note("the deletes of %s are not counted (%s): rows that are missing there cannot be proven"
                            .formatted(item.target(), deletes.unknownBecause()));
        }
        return deletes;
    }

    private static void note(
            Restored item,
            long restoredId,
            String partition,
            RowProof.Verdict verdict,
            boolean counted,
            RowCount rows,
            Findings findings) {
        long backup = verdict.window().most();
        boolean wrong =
                rows.verdict() == RowCount.Verdict.WRONG || !verdict.faults().isEmpty();
        boolean unproven =
                rows.verdict() == RowCount.Verdict.UNPROVEN || !verdict.doubts().isEmpty();
        findings.table()
                .add(List.of(
                        item.target().toString(),
                        partition,
                        String.valueOf(backup),
                        counted ? String.valueOf(verdict.window().entries()) : "not counted",
                        String.valueOf(backup - rows.imported()),
                        String.valueOf(rows.imported()),
                        String.valueOf(rows.server()),
                        wrong ? "NO" : unproven ? "unproven" : "yes"));
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("collection", item.target().toString());
        fact.put("collection_id", restoredId);
        fact.put("partition", partition);
        fact.put("rows_in_backup", backup);
        if (counted) {
            fact.put("delete_entries", verdict.window().entries());
        }
        if (rows.pending() > 0) {
            fact.put("l0_delete_entries", rows.pending());
        }
        if (rows.before() > 0) {
            fact.put("rows_before", rows.before());
        }
        fact.put("rows_imported", rows.imported());
        fact.put("rows_in_milvus", rows.server());
        findings.facts().add(fact);
        if (rows.verdict() != RowCount.Verdict.PROVEN) {
            (rows.verdict() == RowCount.Verdict.WRONG ? findings.faults() : findings.doubts())
                    .add("%s, partition %s: %s".formatted(item.target(), partition, rows.words()));
        }
    }
}
