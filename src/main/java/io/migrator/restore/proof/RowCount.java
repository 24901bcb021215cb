package io.migrator.restore.proof;

import io.migrator.catalog.DeleteCount;
import io.migrator.failure.Counted;
import io.migrator.format.meta.SegmentInfo;
import java.util.List;

/**
 * The rows of a partition as Milvus counts them, beside those that were there and came in.
 *
 * @param before rows that were there before the restore
 * @param server Milvus' own statistics
 * @param pending entries of L0 segments, which Milvus may or may not have applied to its count yet
 * @param pendingKnown whether these could be counted
 * @param expiry by which property rows go after a time; empty where they stay
 */
record RowCount(long before, long imported, long server, long pending, boolean pendingKnown, String expiry) {
    enum Verdict {
        PROVEN,
        /** Rows are missing that may have been deleted, or not. */
        UNPROVEN,
        WRONG
    }

    static RowCount of(
            long before, long imported, long server, DeleteCount deletes, List<SegmentInfo> level0, String expiry) {
        long pending = level0.stream()
                .mapToLong(segment -> deletes.bySegment().getOrDefault(segment.segmentId(), 0L))
                .sum();
        return new RowCount(before, imported, server, pending, deletes.known() || level0.isEmpty(), expiry);
    }

    /** Whether the deletes of L0 segments alone may explain the rows that are missing, in a collection that had none. */
    boolean dependsOnPending() {
        return before == 0 && server < imported && hasPending();
    }

    /** @param left rows that these deletes leave, told by their keys */
    RowCount leaving(long left) {
        return new RowCount(before, imported, server, Math.max(0, imported - left), true, expiry);
    }

    Verdict verdict() {
        long missing = before + imported - server;
        if (missing < 0) {
            return Verdict.WRONG;
        }
        if (missing <= pending) {
            return before > 0 && hasPending() ? Verdict.UNPROVEN : Verdict.PROVEN;
        }
        return !pendingKnown || !expiry.isEmpty() || missing - pending <= before ? Verdict.UNPROVEN : Verdict.WRONG;
    }

    /** Whether rows are missing that nothing known explains. */
    boolean lacksRows() {
        return verdict() == Verdict.WRONG && server < before + imported;
    }

    /** Milvus takes the deletes of L0 segments for all rows of their keys that are older, also for those that were there. */
    private boolean hasPending() {
        return pending > 0 || !pendingKnown;
    }

    /** The sums for a user, where they are not proven. */
    String words() {
        String sums = "imported %s%s, Milvus has %d"
                .formatted(Counted.of(imported, "row"), before > 0 ? " to " + before + " that were there" : "", server);
        if (verdict() != Verdict.UNPROVEN) {
            return before > 0 ? sums + "; was it written to meanwhile?" : sums;
        }
        if (before > 0 && hasPending()) {
            return sums + "; deletes of L0 segments came in, which Milvus takes for rows that were there, too:"
                    + " whether such were hit is not known";
        }
        if (!expiry.isEmpty()) {
            return sums + "; rows may have gone by their age (%s)".formatted(expiry);
        }
        return sums
                + (pendingKnown
                        ? "; rows that were deleted before may have been compacted away meanwhile"
                        : "; the deletes that may have removed them are not counted");
    }
}
