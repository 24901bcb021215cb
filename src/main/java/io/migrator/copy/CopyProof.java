package io.migrator.copy;

import io.migrator.copy.CopyScope.Place;
import io.migrator.format.checksum.Checksum;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the plan with what lies under a prefix of the target, walking both in key order with constant memory: which
 * planned objects are proven there, which are missing or differ, and which objects nobody planned.
 * What others wrote is only looked at where the plan relies on it.
 */
public final class CopyProof {
    private final CopyPlan plan;
    private final PlannedRows rows;
    private final ObjectStore target;
    private final CopyScope scope;

    public CopyProof(CopyPlan plan, ObjectStore target, String prefix) {
        this(plan, plan, target, CopyScope.under(prefix));
    }

    /** @param rows what is compared: all of the plan, and maybe what is there without being in it */
    public CopyProof(CopyPlan plan, PlannedRows rows, ObjectStore target, CopyScope scope) {
        this.plan = plan;
        this.rows = rows;
        this.target = target;
        this.scope = scope;
    }

    /**
     * What the comparison found.
     *
     * @param damaged the first planned objects that are missing or differ, as lines to show
     * @param damagedRows sequences in the plan of all of them
     */
    public record Result(long proven, List<String> damaged, List<Long> damagedRows) {}

    /**
     * What a look before the copying changed in the plan.
     *
     * @param adopted rows that count as copied from now on
     * @param gone rows that counted as copied, of which the object is not there any more
     */
    public record Looked(long adopted, long gone) {}

    /**
     * Marks rows as copied whose object lies at the target with the size and the entity tag of its source. Lets a run
     * that lost its database, or died between a copy and its checkpoint, go on without copying again. What was copied and
     * is gone since is to be copied again: who removed it may have meant to.
     */
    public Looked lookBefore() {
        if (plan.totals(PlannedCopy.State.COPIED).objects() == 0 && isEmpty()) {
            return new Looked(0, 0);
        }
        Batches<PlannedCopy> adopted = new Batches<>(plan::copied);
        Batches<Long> gone = new Batches<>(plan::reopen);
        walk((row, found) -> {
            if (row == null || scope.of(row.targetKey()) != Place.OWN) {
                return;
            }
            if (found == null && row.state() == PlannedCopy.State.COPIED) {
                gone.add(row.sequence());
            } else if (found != null
                    && row.state() == PlannedCopy.State.PLANNED
                    && found.size() == row.source().size()
                    && !found.etag().isEmpty()
                    && found.etag().equals(row.source().etag())) {
                adopted.add(row.copied(withChecksum(found)));
            }
        });
        return new Looked(adopted.end(), gone.end());
    }

    private boolean isEmpty() {
        try (Listings objects = new Listings(target, scope.prefixes())) {
            return !objects.hasNext();
        }
    }

    /** Equal tags of two objects are an MD5 where they look like one: encrypted apart, they would differ. */
    private static StoredObject withChecksum(StoredObject found) {
        return found.checksum() != null
                ? found
                : found.withChecksum(Checksum.md5OfTag(found.etag()).orElse(null));
    }

    /**
     * Compares size and entity tag of every planned object with what the target lists.
     *
     * @param strangers told the keys of what nobody planned, at most a thousand at a time, while the listing goes on
     */
    public Result verify(Consumer<List<String>> strangers) {
        return verify(strangers, (key, fault) -> {
            throw new IllegalStateException("nothing is shared here: " + key);
        });
    }

    /** What is told of an object that others wrote and the plan relies on, where it is not as it was or nobody planned it. */
    public interface Shared {
        void damaged(String key, String fault);
    }

    /** The same where some of it is shared. */
    public Result verify(Consumer<List<String>> strangers, Shared shared) {
        long[] proven = {0};
        List<String> damaged = new ArrayList<>();
        List<Long> damagedRows = new ArrayList<>();
        Batches<String> unplanned = new Batches<>(strangers);
        walk((row, found) -> {
            if (row == null) {
                String key = Objects.requireNonNull(found).key();
                switch (scope.of(key)) {
                    case OWN -> unplanned.add(key);
                    case SHARED -> shared.damaged(key, "nobody planned it");
                    case OTHER -> {}
                }
                return;
            }
            String fault = fault(row, found);
            if (fault.isEmpty()) {
                proven[0]++;
            } else if (scope.of(row.targetKey()) == Place.SHARED) {
                shared.damaged(row.targetKey(), fault);
            } else {
                damagedRows.add(row.sequence());
                if (damaged.size() < 10) {
                    damaged.add(row.targetKey() + ": " + fault);
                }
            }
        });
        unplanned.end();
        return new Result(proven[0], damaged, damagedRows);
    }

    /** Hands things on, a thousand at a time: there may be more than memory holds. */
    private static final class Batches<T> {
        private static final int SIZE = 1000;

        private final Consumer<List<T>> done;
        private final List<T> batch = new ArrayList<>();
        private long count;

        Batches(Consumer<List<T>> done) {
            this.done = done;
        }

        void add(T one) {
            batch.add(one);
            count++;
            if (batch.size() == SIZE) {
                flush();
            }
        }

        /** How many there were in all. */
        long end() {
            if (!batch.isEmpty()) {
                flush();
            }
            return count;
        }

        private void flush() {
            done.accept(List.copyOf(batch));
            batch.clear();
        }
    }

    private static String fault(PlannedCopy row, @Nullable StoredObject found) {
        if (found == null) {
            return "missing";
        }
        if (found.size() != row.source().size()) {
            return "%d bytes, must be %d".formatted(found.size(), row.source().size());
        }
        if (row.state() != PlannedCopy.State.COPIED) {
            return "not copied yet";
        }
        if (row.checksum() != null && row.checksum().contradicts(found.checksum())) {
            return "%s, was %s when copied".formatted(found.checksum(), row.checksum());
        }
        boolean tagDiffers = !row.targetEtag().isEmpty() && !row.targetEtag().equals(found.etag());
        return tagDiffers ? "entity tag %s, was %s when copied".formatted(found.etag(), row.targetEtag()) : "";
    }

    private interface Pair {
        void of(@Nullable PlannedCopy row, @Nullable StoredObject found);
    }

    private void walk(Pair pair) {
        try (Stream<PlannedCopy> expected = rows.byTargetKey();
                Listings listed = new Listings(target, scope.prefixes())) {
            Iterator<PlannedCopy> planned = expected.iterator();
            PlannedCopy row = planned.hasNext() ? planned.next() : null;
            StoredObject found = listed.hasNext() ? listed.next() : null;
            while (row != null || found != null) {
                int order =
                        row == null ? 1 : found == null ? -1 : row.targetKey().compareTo(found.key());
                pair.of(order <= 0 ? row : null, order >= 0 ? found : null);
                row = order <= 0 ? (planned.hasNext() ? planned.next() : null) : row;
                found = order >= 0 ? (listed.hasNext() ? listed.next() : null) : found;
            }
        }
    }
}
