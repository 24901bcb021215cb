package io.migrator.restore.imports;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.ImportState.Phase;
import io.migrator.milvus.MilvusTarget;
import io.migrator.restore.state.RestoreTables;
import io.migrator.selection.CollectionName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Import jobs of others in collections that were there ({@code create=no}). They may be of this very restore, run from
 * another state folder or by another address of Milvus, and what they bring would be there twice.
 */
public final class ForeignImports {
    private final MilvusTarget target;
    private final RestoreTables tables;
    private final ImportLedger ledger;
    private final Orders orders;
    private final Set<Long> alone = ConcurrentHashMap.newKeySet();

    public ForeignImports(MilvusTarget target, RestoreTables tables, ImportLedger ledger, Orders orders) {
        this.target = target;
        this.tables = tables;
        this.ledger = ledger;
        this.orders = orders;
    }

    /** Id of the newest job, 0 where there is none; CONFLICT where one is at work, for its rows cannot be counted yet. */
    public long newest(CollectionName name) {
        long newest = 0;
        for (ImportState job : target.imports(name.database(), name.collection(), id -> true)) {
            if (job.phase() == Phase.RUNNING) {
                throw MigratorException.unable(
                        Failure.CONFLICT,
                        "restore into",
                        name.toString(),
                        "import job %d is at work there, and the rows it brings cannot be counted yet"
                                .formatted(job.jobId()),
                        "Run the same command again when that job has ended.");
            }
            newest = Math.max(newest, job.jobId());
        }
        return newest;
    }

    /**
     * To be asked before the first call of a collection, which may come long after it was taken over. CONFLICT where
     * others began an import since. Where that is of other files, the next run counts anew what is there; where it is of
     * these, or does not tell its files, it may be a late call of an earlier run, whose rows are not to be counted as
     * those that were there before.
     */
    void requireNoneSince(ImportUnit unit, CollectionName name) {
        long source = unit.sourceId();
        if (alone.contains(source) || !tables.tookOver(source) || begun(source)) {
            return;
        }
        long newest = tables.newestForeignJob(source);
        List<ImportState> others =
                target.imports(name.database(), name.collection(), id -> id > newest && !ledger.knowsJob(id));
        for (ImportState job : others) {
            if (job.phase() == Phase.RUNNING || job.phase() == Phase.COMPLETED) {
                throw isOfOthers(job, source) ? others(job, source, name) : ofThese(job, source, name);
            }
        }
        alone.add(source);
    }

    private boolean isOfOthers(ImportState job, long source) {
        return !job.files().isEmpty()
                && ledger.of(source).stream()
                        .noneMatch(unit -> job.reads(orders.order(unit).dirs()));
    }

    private MigratorException others(ImportState job, long source, CollectionName name) {
        tables.forget(source);
        return MigratorException.unable(
                Failure.CONFLICT,
                "restore into",
                name.toString(),
                "others began import job %d since this restore counted the rows that were there".formatted(job.jobId()),
                "Nothing of the backup was brought into it; run the same command again when the job has ended.");
    }

    private MigratorException ofThese(ImportState job, long source, CollectionName name) {
        return MigratorException.unable(
                Failure.CONFLICT,
                "restore into",
                name.toString(),
                "import job %d, which this run did not begin, brings files of this backup or does not tell which"
                        .formatted(job.jobId()),
                "Where that is this restore, run elsewhere, leave it to that run. Else it is a call of an earlier run that"
                        + " came late: wait until it has ended. " + tables.startOver(source, name));
    }

    /** Whether a call of the collection was sent before: jobs that are not known may be its own then. */
    private boolean begun(long source) {
        return ledger.of(source).stream()
                .anyMatch(unit -> unit.state() != ImportUnit.State.PLANNED || unit.attempts() > 0);
    }
}
