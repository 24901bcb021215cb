package io.migrator.restore.proof;

import io.migrator.batch.JobContext;
import io.migrator.batch.WorkerPool;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.MilvusTarget;
import io.migrator.restore.imports.ImportLedger;
import io.migrator.restore.imports.ImportUnit;
import io.migrator.restore.state.RestoreTables;
import io.migrator.selection.CollectionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says of collections that were restored whose rows are others by now. By Milvus' statistics, which see deletes once they
 * are compacted; where they see nothing and the collection is loaded, by a query.
 */
public final class ChangedRows {
    /** Calls, one a partition; more would make "already complete" slow. */
    private static final int MOST_CALLS = 1000;
    /** A description, the load state, a query. */
    private static final int CALLS_FOR_LIVE_ROWS = 3;

    private static final int MOST_SHOWN = 5;

    private final JobContext context;
    private final MilvusTarget target;
    private final RestoreTables tables;
    private final ImportLedger ledger;

    public ChangedRows(JobContext context, MilvusTarget target, RestoreTables tables, ImportLedger ledger) {
        this.context = context;
        this.target = target;
        this.tables = tables;
        this.ledger = ledger;
    }

    /** One line, where there is anything to say. */
    public void note() {
        List<Map.Entry<Long, RestoreTables.Created>> all = affordable();
        List<String> changed;
        try (WorkerPool pool = new WorkerPool("rows", context.config().backup().restoreCollections())) {
            changed = pool.map(all, each -> look(each.getKey(), each.getValue().target())).stream()
                    .flatMap(Optional::stream)
                    .toList();
        }
        if (!changed.isEmpty()) {
            context.progress()
                    .note("complete when it was restored, changed since: "
                            + String.join(", ", changed.subList(0, Math.min(MOST_SHOWN, changed.size())))
                            + (changed.size() > MOST_SHOWN ? " and " + (changed.size() - MOST_SHOWN) + " more" : ""));
        }
    }

    private List<Map.Entry<Long, RestoreTables.Created>> affordable() {
        List<Map.Entry<Long, RestoreTables.Created>> some = new ArrayList<>();
        long calls = 0;
        for (Map.Entry<Long, RestoreTables.Created> each : tables.bySource().entrySet()) {
            calls += CALLS_FOR_LIVE_ROWS
                    + ledger.of(each.getKey()).stream()
                            .map(ImportUnit::partition)
                            .distinct()
                            .count();
            if (calls > MOST_CALLS) {
                break;
            }
            some.add(each);
        }
        return some;
    }

    private Optional<String> look(long source, CollectionName name) {
        List<ImportUnit> units = ledger.of(source);
        // Nothing came into it; and Milvus applies L0 deletes to its count when it likes.
        if (units.isEmpty() || units.stream().anyMatch(ImportUnit::deletesOnly)) {
            return Optional.empty();
        }
        try {
            long then = 0;
            long now = 0;
            for (String partition :
                    units.stream().map(ImportUnit::partition).distinct().toList()) {
                then += tables.rowsBefore(source, partition);
                now += target.rows(name.database(), name.collection(), partition);
            }
            boolean wasEmpty = then == 0;
            then += units.stream().mapToLong(ImportUnit::importedRows).sum();
            if (then != now) {
                return Optional.of("%s (%d rows then, %d now by Milvus' statistics)".formatted(name, then, now));
            }
            return wasEmpty ? counted(name, units, then) : Optional.empty();
        } catch (MigratorException e) {
            // Such as a partition that was dropped: no reason to fail where there is nothing to do.
            return Optional.of(name + " (its rows cannot be counted)");
        }
    }

    /** Of rows that were there before it is not known how many of those in the statistics are deleted. */
    private Optional<String> counted(CollectionName name, List<ImportUnit> units, long then) {
        // With a partition key partitions cannot be asked for, and only such a restore names none of them.
        boolean keyed = target.find(name.database(), name.collection())
                .map(found -> found.info().schema().hasPartitionKey())
                .orElse(false);
        List<String> partitions = keyed
                ? List.of()
                : units.stream().map(ImportUnit::partition).distinct().toList();
        OptionalLong now = target.liveRows(name.database(), name.collection(), partitions);
        return now.isEmpty() || now.getAsLong() == then
                ? Optional.empty()
                : Optional.of("%s (%d rows then, %d now)".formatted(name, then, now.getAsLong()));
    }
}
