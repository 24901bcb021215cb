package io.migrator.copy;

import io.migrator.format.Checksum;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the plan with what lies under a prefix of the target, walking both in key order with constant memory: which
 * planned objects are proven there, which are missing or differ, and which objects nobody planned.
 */
public final class CopyProof {
    private static final int BATCH = 1000;

    private final CopyPlan plan;
    private final ObjectStore target;
    private final String prefix;

    public CopyProof(CopyPlan plan, ObjectStore target, String prefix) {
        this.plan = plan;
        this.target = target;
        this.prefix = prefix;
    }

    /**
     * What the comparison found.
     *
     * @param damaged the first planned objects that are missing or differ, as lines to show
     * @param damagedCount how many there are in all
     * @param damagedRows their sequences in the plan
     */
    public record Result(
            long proven, List<String> damaged, long damagedCount, List<Long> damagedRows, List<String> strangers) {}

    /**
     * Marks rows as copied whose object lies at the target with the size and the entity tag of its source. Lets a run
     * that lost its database, or died between a copy and its checkpoint, go on without copying again.
     *
     * @return rows marked
     */
    public long adoptExisting() {
        try (Stream<StoredObject> objects = target.list(prefix)) {
            if (objects.findFirst().isEmpty()) {
                return 0;
            }
        }
        List<PlannedCopy> adopted = new ArrayList<>();
        long[] count = {0};
        walk((row, found) -> {
            if (row != null
                    && found != null
                    && row.state() == PlannedCopy.State.PLANNED
                    && found.size() == row.source().size()
                    && !found.etag().isEmpty()
                    && found.etag().equals(row.source().etag())) {
                adopted.add(row.copied(withChecksum(found)));
                count[0]++;
            }
            flush(adopted, BATCH);
        });
        flush(adopted, 1);
        return count[0];
    }

    /** Equal tags of two objects are an MD5 where they look like one: encrypted apart, they would differ. */
    private static StoredObject withChecksum(StoredObject found) {
        return found.checksum() != null
                ? found
                : found.withChecksum(Checksum.md5OfTag(found.etag()).orElse(null));
    }

    private void flush(List<PlannedCopy> adopted, int least) {
        if (adopted.size() >= least) {
            plan.copied(adopted);
            adopted.clear();
        }
    }

    /** Compares size and entity tag of every planned object with what the target lists. */
    public Result verify() {
        long[] counts = {0, 0};
        List<String> damaged = new ArrayList<>();
        List<Long> damagedRows = new ArrayList<>();
        List<String> strangers = new ArrayList<>();
        walk((row, found) -> {
            if (row == null) {
                strangers.add(Objects.requireNonNull(found).key());
                return;
            }
            String fault = fault(row, found);
            if (fault.isEmpty()) {
                counts[0]++;
            } else {
                counts[1]++;
                damagedRows.add(row.sequence());
                if (damaged.size() < 10) {
                    damaged.add(row.targetKey() + ": " + fault);
                }
            }
        });
        return new Result(counts[0], damaged, counts[1], damagedRows, strangers);
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
        try (Stream<PlannedCopy> rows = plan.byTargetKey();
                Stream<StoredObject> objects = target.list(prefix)) {
            Iterator<PlannedCopy> planned = rows.iterator();
            Iterator<StoredObject> listed = objects.iterator();
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
