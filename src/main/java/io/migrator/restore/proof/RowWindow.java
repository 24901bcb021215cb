package io.migrator.restore.proof;

import io.migrator.catalog.DeleteCount;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.restore.imports.ImportBin;
import java.util.Collection;

/**
 * The numbers of rows that an import of segments may bring. A delete entry takes away one row at most, unless rows share
 * their primary key; so a segment brings at least its rows less its entries.
 *
 * @param least fewest rows
 * @param most rows before deletes
 * @param entries delete entries of the segments, of those that were counted
 * @param uncounted why the deletes of some of the segments were not counted, so that these may bring any number of their
 *     rows; empty where all were
 */
record RowWindow(long least, long most, long entries, String uncounted) {
    static RowWindow of(Collection<SegmentInfo> segments, DeleteCount deletes) {
        long least = 0;
        long most = 0;
        long entries = 0;
        boolean unknown = false;
        for (SegmentInfo segment : segments) {
            // A delete-only segment has no rows of its own and is no part of an import of rows.
            if (!segment.level0()) {
                long own = deletes.bySegment().getOrDefault(segment.segmentId(), 0L);
                boolean uncounted = !deletes.known() && ImportBin.hasDeletes(segment);
                unknown |= uncounted;
                least += uncounted ? 0 : Math.max(0, segment.rows() - own);
                most += segment.rows();
                entries += own;
            }
        }
        return new RowWindow(least, most, entries, unknown ? deletes.unknownBecause() : "");
    }

    boolean holds(long rows) {
        return least <= rows && rows <= most;
    }

    /** Whether rows are missing that were deleted, or lost: nobody counted. */
    boolean cannotTell(long rows) {
        return holds(rows) && rows < most && !uncounted.isEmpty();
    }
}
