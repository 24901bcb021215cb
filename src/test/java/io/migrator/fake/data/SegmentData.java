package io.migrator.fake.data;

import io.migrator.fake.model.SegmentFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a segment, by field.
 *
 * @param columns equally long, at least those of {@link FieldList#TIMESTAMP} and of the primary key
 */
public record SegmentData(SortedMap<Long, FieldColumn> columns) {
    public int rows() {
        return column(FieldList.TIMESTAMP).values().size();
    }

    FieldColumn column(long field) {
        FieldColumn column = columns.get(field);
        if (column == null) {
            throw new IllegalArgumentException("no field " + field + " among " + columns.keySet());
        }
        return column;
    }

    /**
     * The rows without those that were deleted after they were written.
     *
     * @param from rows and deletes before this timestamp are as if they were not there
     * @param to those after it likewise
     */
    public SegmentData without(List<Deletion> deletions, long primaryKey, long from, long to) {
        if (deletions.isEmpty() && from == 0 && to == Long.MAX_VALUE) {
            return this;
        }
        Map<Object, Long> newest = new HashMap<>();
        for (Deletion deletion : deletions) {
            if (deletion.timestamp() >= from && deletion.timestamp() <= to) {
                newest.merge(deletion.key(), deletion.timestamp(), Math::max);
            }
        }
        List<@Nullable Object> keys = column(primaryKey).values();
        List<@Nullable Object> times = column(FieldList.TIMESTAMP).values();
        boolean[] kept = new boolean[times.size()];
        for (int i = 0; i < kept.length; i++) {
            long time = (Long) times.get(i);
            Long deleted = newest.get(Cells.key(keys.get(i)));
            kept[i] = time >= from && time <= to && (deleted == null || deleted <= time);
        }
        return keep(kept);
    }

    /** These rows as files of another segment. */
    public SegmentFiles files(int storageVersion) {
        return place -> {
            FileBodies bodies = new FileBodies(place, storageVersion);
            bodies.add(columns);
            return bodies.content();
        };
    }

    private SegmentData keep(boolean[] kept) {
        SortedMap<Long, FieldColumn> rest = new TreeMap<>();
        columns.forEach((field, column) -> {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < kept.length; i++) {
                if (kept[i]) {
                    values.add(column.values().get(i));
                }
            }
            rest.put(field, new FieldColumn(column.dataType(), column.type(), values));
        });
        return new SegmentData(rest);
    }
}
