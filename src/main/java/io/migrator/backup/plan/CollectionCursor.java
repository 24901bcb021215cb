package io.migrator.backup.plan;

import io.migrator.backup.state.Cut;
import io.migrator.format.meta.CollectionInfo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Goes through the segments of one collection with their files. Small collections are read at once, so that others can be
 * waited for meanwhile; of large ones no more than the files of a partition are held.
 */
public final class CollectionCursor {
    private static final int SMALL = 32;

    private final SegmentFinder finder;
    private final WantedSegments wanted;
    private final Optional<Cut> cut;
    private final Deque<Long> partitions = new ArrayDeque<>();
    private final Deque<SegmentFiles> files = new ArrayDeque<>();

    /**
     * Asks for the segments, and for the files of a small collection.
     *
     * @param settled see {@link SegmentFinder#wanted}
     */
    public CollectionCursor(SegmentFinder finder, CollectionInfo collection, Optional<Cut> cut, boolean settled) {
        this.finder = finder;
        this.wanted = finder.wanted(collection, cut, settled);
        this.cut = cut;
        partitions.addAll(wanted.partitions());
        while (wanted.segments().size() <= SMALL && !partitions.isEmpty()) {
            files.addAll(finder.files(wanted, partitions.remove()));
        }
    }

    /** Whether the flush of the collection's cut itself sealed the segment. */
    boolean isFresh(SegmentFiles one) {
        return cut.isPresent()
                && cut.get().fresh().contains(one.segment().segment().id());
    }

    public Optional<SegmentFiles> next() {
        while (files.isEmpty() && !partitions.isEmpty()) {
            files.addAll(finder.files(wanted, partitions.remove()));
        }
        return Optional.ofNullable(files.poll());
    }
}
