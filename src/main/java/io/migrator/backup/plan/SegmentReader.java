package io.migrator.backup.plan;

import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.CollectionFaults;
import io.migrator.backup.state.FrozenCollection;
import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Reads the segments of every collection that is not planned yet, with their files; some collections ahead. */
public final class SegmentReader implements ItemStreamReader<PlanItem> {
    private static final int AHEAD = 8;

    private final SegmentFinder finder;
    private final RowTimes times;
    private final BackupState state;
    private final PartitionFilter filter;
    private final CollectionFaults faults;
    private final WorkerPool workers;
    private final SchemaSteps.Strategy strategy;
    private final Progress progress;
    private final Deque<FrozenCollection> waiting = new ArrayDeque<>();
    private final Deque<Ahead> begun = new ArrayDeque<>();
    private final List<String> moved = new ArrayList<>();
    private @Nullable CollectionCursor current;
    private long collection;
    private OptionalLong latest = OptionalLong.empty();

    private record Ahead(long collection, Future<CollectionCursor> cursor) {}

    public SegmentReader(
            SegmentFinder finder,
            RowTimes times,
            BackupState state,
            PartitionFilter filter,
            CollectionFaults faults,
            WorkerPool workers,
            SchemaSteps.Strategy strategy,
            Progress progress) {
        this.finder = finder;
        this.times = times;
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
        progress.stage(Stage.of("plan", Stage.Unit.COLLECTION, waiting.size()));
    }

    @Override
    public void close() {
        begun.forEach(ahead -> ahead.cursor().cancel(true));
        begun.clear();
        waiting.clear();
        moved.clear();
        current = null;
    }

    @Override
    public @Nullable PlanItem read() {
        while (true) {
            try {
                CollectionCursor cursor = current;
                if (cursor != null) {
                    return item(cursor);
                }
                beginMore();
                Ahead next = begun.poll();
                if (next == null) {
                    break;
                }
                collection = next.collection();
                latest = OptionalLong.of(0);
                current = WorkerPool.result(next.cursor());
            } catch (MigratorException fault) {
                current = null;
                if (fault.failure() == Failure.SOURCE_CHANGED && beginAnew()) {
                    continue;
                }
                if (!faults.canSpare(fault)) {
                    throw fault;
                }
                faults.spare(collection, fault);
            }
        }
        requireNoneMoved();
        return null;
    }

    private PlanItem item(CollectionCursor cursor) {
        Optional<SegmentFiles> files = cursor.next();
        if (files.isEmpty()) {
            current = null;
            state.cuts().latest(collection, latest.isEmpty() ? null : latest.getAsLong());
        } else if (latest.isPresent() && cursor.isFresh(files.get())) {
            OptionalLong youngest = times.latest(files.get());
            latest =
                    youngest.isEmpty() ? youngest : OptionalLong.of(Math.max(latest.getAsLong(), youngest.getAsLong()));
        }
        return new PlanItem(collection, files.orElse(null));
    }

    /** Has it flushed and described again by a next run of the steps; false where that was done too often. */
    private boolean beginAnew() {
        if (state.collections().replans(collection) >= BackupState.REPLANS) {
            return false;
        }
        state.again(collection);
        moved.add(state.collections().frozen(collection).qualifiedName());
        return true;
    }

    private void requireNoneMoved() {
        if (!moved.isEmpty()) {
            throw MigratorException.unable(
                    Failure.SOURCE_CHANGED,
                    "back up",
                    String.join(", ", moved),
                    "Milvus replaced segments since they were flushed (compaction), or lists none of those it counts rows in",
                    "They are flushed and planned anew.");
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
                            state.cuts().find(id),
                            strategy.current().seals()))));
        }
    }
}
