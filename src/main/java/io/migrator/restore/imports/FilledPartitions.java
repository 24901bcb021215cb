package io.migrator.restore.imports;

import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.milvus.MilvusTarget;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.Flushes;
import io.migrator.restore.state.Restored;
import io.migrator.selection.CollectionName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses to bring rows ({@code create=no}) into partitions that hold rows already, unless told to: a restore whose state
 * was lost cannot tell them from its own, and would bring those twice.
 */
public final class FilledPartitions {
    private static final int AT_ONCE = 8;

    private final MilvusTarget target;
    private final Flushes flushes;
    private final Failures failures;

    public FilledPartitions(MilvusTarget target, Flushes flushes, Failures failures) {
        this.target = target;
        this.flushes = flushes;
        this.failures = failures;
    }

    /**
     * CONFLICT for a collection with rows where rows would go.
     *
     * @param items those that no run of this work has taken over
     * @param flush whether rows in memory may be sealed to be counted; else they are not seen
     */
    public void refuse(List<Restored> items, boolean flush) {
        try (WorkerPool pool = new WorkerPool("rows", AT_ONCE)) {
            pool.map(failures.without(items), item -> {
                failures.attempt(item, () -> refuse(item, flush));
                return item;
            });
        }
    }

    private void refuse(Restored item, boolean flush) {
        CollectionName name = item.target();
        Set<String> there = target.find(name.database(), name.collection())
                .map(found -> found.info().partitions().stream()
                        .map(PartitionInfo::name)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
        List<String> wanted = item.source().partitions().stream()
                .filter(FilledPartitions::bringsRows)
                .map(PartitionInfo::name)
                .filter(there::contains)
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        long rows = rows(name, wanted);
        if (rows == 0 && flush) {
            // Statistics do not see what is in memory only.
            flushes.flush(name);
            rows = rows(name, wanted);
        }
        if (rows > 0) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "restore into",
                    name.toString(),
                    "there are %d rows already where rows of the backup would go, and no record of this restore having"
                                    .formatted(rows)
                            + " filled it: whether they are the backup's own, brought before, cannot be told",
                    "If rows are to be added to those, say append=yes. If this restore ran before from another state folder,"
                            + " name that one with --state-dir. Nothing was changed in Milvus.");
        }
    }

    private static boolean bringsRows(PartitionInfo partition) {
        return partition.segments().stream().anyMatch(segment -> !segment.level0());
    }

    private long rows(CollectionName name, List<String> partitions) {
        return partitions.stream()
                .mapToLong(partition -> target.rows(name.database(), name.collection(), partition))
                .sum();
    }
}
