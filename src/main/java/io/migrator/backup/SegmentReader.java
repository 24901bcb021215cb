package io.migrator.backup;

import io.migrator.batch.WorkerPool;
import io.migrator.failure.MigratorException;
import io.migrator.report.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Reads the segments of every collection that is not planned yet, with their files; some collections ahead. */
final class SegmentReader implements ItemStreamReader<PlanItem> {
    private static final int AHEAD = 8;

    private final SegmentFinder finder;
    private final BackupState state;
    private final PartitionFilter filter;
    private final CollectionFaults faults;
    private final WorkerPool workers;
    private final SchemaSteps.Strategy strategy;
    private final Progress progress;
    private final Deque<FrozenCollection> waiting = new ArrayDeque<>();
    private final Deque<Ahead> begun = new ArrayDeque<>();
    private @Nullable CollectionCursor current;
    private long collection;

    private record Ahead(long collection, Future<CollectionCursor> cursor) {}

    SegmentReader(
            SegmentFinder finder,
            BackupState state,
            PartitionFilter filter,
            CollectionFaults faults,
            WorkerPool workers,
            SchemaSteps.Strategy strategy,
            Progress progress) {
        this.finder = finder;
        this.state = state;
        this.filter = filter;
        this.faults = faults;
        this.workers = workers;
        this.strategy = strategy;
        this.progress = progress;
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        filter.requireAll(state.collections());
        state.segments().forgetHalfPlanned();
        waiting.addAll(state.collections().notPlanned());
        progress.stage("plan", waiting.size(), 0);
    }

    @Override
    public void close() {
        begun.forEach(ahead -> ahead.cursor().cancel(true));
        begun.clear();
        waiting.clear();
        current = null;
    }

    @Override
    public @Nullable PlanItem read() {
        while (true) {
            try {
                CollectionCursor cursor = current;
                if (cursor != null) {
                    Optional<SegmentFiles> files = cursor.next();
                    if (files.isEmpty()) {
                        current = null;
                    }
                    return new PlanItem(collection, files.orElse(null));
                }
                beginMore();
                Ahead next = begun.poll();
                if (next == null) {
                    return null;
                }
                collection = next.collection();
                current = WorkerPool.result(next.cursor());
            } catch (MigratorException fault) {
                if (!faults.canSpare(fault)) {
                    throw fault;
                }
                faults.spare(collection, fault);
                current = null;
            }
        }
    }

    private void beginMore() {
        while (begun.size() < AHEAD && !waiting.isEmpty()) {
            long id = waiting.remove().id();
            begun.add(new Ahead(
                    id,
                    workers.begin(() -> new CollectionCursor(
                            finder,
                            state.collections().info(id),
                            strategy.current().seals()))));
        }
    }
}
