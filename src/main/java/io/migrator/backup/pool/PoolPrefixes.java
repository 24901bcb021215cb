package io.migrator.backup.pool;

import io.migrator.backup.state.PlannedUnit;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.pool.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to list of the pool to see some units. Beside them lie those of other backups, more from night to night: so segments
 * are listed one by one where that takes few requests more than pages of a thousand objects would, else partitions, and only
 * where these are many and small, too, the whole collection.
 */
final class PoolPrefixes {
    private static final int FEW = 16;
    /** So many objects are worth a request, a page having a thousand. */
    private static final int WORTH = 250;
    /** More requests one after the other take longer than any listing. */
    private static final int MOST = 20_000;

    private final PoolLayout pool;
    private final List<String> found = new ArrayList<>();
    private final List<String> segments = new ArrayList<>();
    private final List<String> partitions = new ArrayList<>();
    private long objects;
    private @Nullable Unit last;

    PoolPrefixes(PoolLayout pool) {
        this.pool = pool;
    }

    /** Takes a unit in; they come in the order of listings. */
    void add(PlannedUnit one) {
        Unit unit = one.unit();
        Unit before = last;
        boolean sameCollection = before != null && before.collection() == unit.collection();
        if (!sameCollection) {
            endCollection();
        }
        boolean samePartition = sameCollection && before != null && before.partition() == unit.partition();
        if (!samePartition && partitions.size() <= MOST) {
            partitions.add(pool.partitionDir(unit.collection(), unit.partition()));
        }
        boolean sameSegment = samePartition && before != null && before.segment() == unit.segment();
        if (!sameSegment && segments.size() <= MOST) {
            segments.add(pool.segmentUnitsDir(unit));
        }
        objects += one.objects();
        last = unit;
    }

    private void endCollection() {
        Unit before = last;
        if (before != null) {
            long most = Math.min(MOST, FEW + objects / WORTH);
            if (segments.size() <= most) {
                found.addAll(segments);
            } else if (partitions.size() <= most) {
                found.addAll(partitions);
            } else {
                found.add(pool.collectionDir(before.collection()));
            }
        }
        segments.clear();
        partitions.clear();
        objects = 0;
    }

    /** Directories in the order of listings, none within another. */
    List<String> end() {
        endCollection();
        last = null;
        found.sort(Comparator.naturalOrder());
        return List.copyOf(found);
    }
}
