package io.migrator.backup.state;

import io.migrator.batch.RunFacts;
import io.migrator.batch.Transactions;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.PlannedCopy;
import io.migrator.format.own.PoolShare;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** All that a backup keeps in the job database. What several of its tables say together is changed in one transaction. */
public record BackupState(
        Transactions transactions,
        BackupTables collections,
        CutTable cuts,
        SegmentTable segments,
        UnitTables units,
        SharedUnits shared,
        CopyPlan plan,
        RunFacts facts) {
    public static final String STARTED_AT = "started_at";
    public static final String MILVUS_VERSION = "milvus_version";
    public static final String FROZEN = "collections_frozen";

    /** How often a collection is planned anew, because its files change, before that is a fault. */
    public static final int REPLANS = 4;

    public static BackupState in(Transactions transactions) {
        return new BackupState(
                transactions,
                new BackupTables(transactions),
                new CutTable(transactions),
                new SegmentTable(transactions),
                new UnitTables(transactions),
                new SharedUnits(transactions),
                new CopyPlan(transactions),
                new RunFacts(transactions));
    }

    /** Number of objects that each collection has in the backup, of those that have any. */
    public Map<Long, Long> objects() {
        Map<Long, Long> objects = new HashMap<>(plan.objectsByOwner());
        units.sharedObjectsByCollection().forEach((collection, more) -> objects.merge(collection, more, Long::sum));
        return objects;
    }

    /** What is there by now, copied or shared. */
    public CopyPlan.Totals there() {
        CopyPlan.Totals copied = plan.totals(PlannedCopy.State.COPIED);
        PoolShare.Amount shared = units.shared();
        return new CopyPlan.Totals(
                copied.objects() + shared.objects(), copied.bytes() + shared.bytes(), copied.lastSequence());
    }

    /** What was planned and copied of a collection. */
    private void forget(long collection) {
        segments.remove(collection);
        units.remove(collection);
        plan.remove(collection);
    }

    /** Has a collection flushed, described and planned anew; how often that was done by now. */
    public int again(long collection) {
        return transactions.get(() -> {
            forget(collection);
            return collections.again(collection);
        });
    }

    /** Leaves a collection out of the backup, with all that was planned and copied of it. */
    void leaveOut(long collection, String reason) {
        transactions.run(() -> {
            collections.leaveOut(collection, reason);
            forget(collection);
        });
    }

    /** Has the collection that got the name of another since take its place, with nothing done yet. */
    public void replace(long collection, long successor) {
        transactions.run(() -> {
            forget(collection);
            collections.replace(collection, successor);
        });
    }

    /** Begins a backup of these collections; nothing of an earlier one is true any more. */
    public void begin(SourceSelection.Found found, Instant now) {
        transactions.run(() -> {
            cuts.clear();
            segments.clear();
            units.clear();
            new FlushAllFact(facts).clear();
            plan.clear();
            collections.freeze(found.collections(), found.databases());
            facts.put(STARTED_AT, now.toString());
            facts.put(FROZEN, String.valueOf(found.collections().size()));
        });
    }
}
