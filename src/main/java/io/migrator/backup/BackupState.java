package io.migrator.backup;

import io.migrator.batch.RunFacts;
import io.migrator.copy.CopyPlan;
import org.springframework.jdbc.core.JdbcTemplate;

/** All that a backup keeps in the job database. */
record BackupState(BackupTables collections, CutTable cuts, SegmentTable segments, CopyPlan plan, RunFacts facts) {
    /** How often a collection is planned anew, because its files change, before that is a fault. */
    static final int REPLANS = 4;

    static BackupState in(JdbcTemplate jdbc) {
        return new BackupState(
                new BackupTables(jdbc),
                new CutTable(jdbc),
                new SegmentTable(jdbc),
                new CopyPlan(jdbc),
                new RunFacts(jdbc));
    }

    /** Forgets what was planned and copied of a collection. */
    void forget(long collection) {
        segments.remove(collection);
        plan.remove(collection);
    }

    /** Has a collection flushed, described and planned anew; how often that was done by now. */
    int again(long collection) {
        forget(collection);
        return collections.again(collection);
    }

    /** Begins a backup of these collections; nothing of an earlier one is true any more. */
    void begin(SourceSelection.Found found) {
        cuts.clear();
        segments.clear();
        new FlushAllFact(facts).clear();
        plan.clear();
        collections.freeze(found.collections(), found.databases());
    }
}
