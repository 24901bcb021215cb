package io.migrator.backup.pool;

import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.SharedUnit;
import io.migrator.copy.PlannedCopy;
import io.migrator.copy.PlannedRows;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.pool.Unit;
import io.migrator.store.StoredObject;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** All files of an incremental backup in the order of their keys: those of the plan, and those of shared units. */
final class PooledRows implements PlannedRows {
    private final PoolLayout pool;
    private final BackupState state;

    PooledRows(PoolLayout pool, BackupState state) {
        this.pool = pool;
        this.state = state;
    }

    @Override
    public Stream<PlannedCopy> byTargetKey() {
        return merged(state.plan().byTargetKey(), state.shared().byPath());
    }

    @Override
    public Stream<PlannedCopy> byTargetKey(long owner) {
        return merged(state.plan().byTargetKey(owner), state.shared().byPath(owner));
    }

    private Stream<PlannedCopy> merged(Stream<PlannedCopy> planned, Stream<SharedUnit> units) {
        Merge rows = new Merge(planned.iterator(), units.flatMap(this::rows).iterator());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                .onClose(() -> {
                    try (planned;
                            units) {
                        // Both are closed, whichever fails.
                    }
                });
    }

    private Stream<PlannedCopy> rows(SharedUnit shared) {
        Unit unit = shared.planned().unit();
        UnitKeys keys = new UnitKeys(pool, unit);
        return IntStream.range(0, shared.sources().size()).mapToObj(i -> {
            StoredObject source = shared.sources().get(i);
            return shared.copies().isEmpty()
                    ? PlannedCopy.notThere(unit.collection(), unit.segment(), source, keys.of(source))
                    : PlannedCopy.there(
                            unit.collection(),
                            unit.segment(),
                            source,
                            keys.of(source),
                            shared.copies().get(i));
        });
    }

    private static final class Merge implements Iterator<PlannedCopy> {
        private final Iterator<PlannedCopy> left;
        private final Iterator<PlannedCopy> right;
        private @Nullable PlannedCopy nextLeft;
        private @Nullable PlannedCopy nextRight;

        Merge(Iterator<PlannedCopy> left, Iterator<PlannedCopy> right) {
            this.left = left;
            this.right = right;
            this.nextLeft = advance(left);
            this.nextRight = advance(right);
        }

        private static @Nullable PlannedCopy advance(Iterator<PlannedCopy> rows) {
            return rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            return nextLeft != null || nextRight != null;
        }

        @Override
        public PlannedCopy next() {
            PlannedCopy first = nextLeft;
            PlannedCopy second = nextRight;
            if (first == null && second == null) {
                throw new NoSuchElementException();
            }
            if (second == null || (first != null && first.targetKey().compareTo(second.targetKey()) <= 0)) {
                nextLeft = advance(left);
                return Objects.requireNonNull(first);
            }
            nextRight = advance(right);
            return second;
        }
    }
}
