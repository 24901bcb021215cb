package io.migrator.fake.data;

import io.migrator.fake.model.SegmentContent;
import io.migrator.fake.model.SegmentPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts columns into the files of one segment. */
final class FileBodies {
    private static final long SHORT_COLUMNS = 0;

    private final SegmentPlace place;
    private final int storageVersion;
    private final SortedMap<Long, List<byte[]>> inserts = new TreeMap<>();
    private final List<byte[]> deltas = new ArrayList<>();
    private long rows;

    FileBodies(SegmentPlace place, int storageVersion) {
        this.place = place;
        this.storageVersion = storageVersion;
    }

    /** One more file of each field, or of each column group. */
    void add(SortedMap<Long, FieldColumn> columns) {
        FieldColumn times = columns.get(FieldList.TIMESTAMP);
        rows += times.values().size();
        if (storageVersion == 2) {
            groups(columns).forEach((group, members) -> insert(group, ParquetOut.file(members)));
            return;
        }
        long from = times.values().stream().mapToLong(time -> (Long) time).min().orElse(0);
        long to = times.values().stream().mapToLong(time -> (Long) time).max().orElse(0);
        columns.forEach((field, column) -> insert(field, classic(field, column, from, to)));
    }

    void addDeletes(List<Deletion> deletions, DeltaForm form) {
        deltas.add(DeltaLogs.write(place, form, deletions));
    }

    SegmentContent content() {
        return new SegmentContent(rows, inserts, deltas, Map.of());
    }

    private void insert(long group, byte[] body) {
        inserts.computeIfAbsent(group, any -> new ArrayList<>()).add(body);
    }

    private byte[] classic(long field, FieldColumn values, long from, long to) {
        Column column = Column.val(values.type(), values.values());
        String extra = values.type().optional()
                ? "{\"nullable\":true,\"original_size\":\"%d\"}"
                : "{\"original_size\":\"%d\"}";
        return new Envelope(place, field, from, to, values.dataType(), extra.formatted(column.plainBytes()))
                .around(ParquetOut.file(List.of(column)), Envelope.INSERT, false);
    }

    /** Vectors and other wide columns have a group of their own, named by their field; the others share group 0. */
    private static SortedMap<Long, List<Column>> groups(Map<Long, FieldColumn> columns) {
        SortedMap<Long, List<Column>> groups = new TreeMap<>();
        columns.forEach((field, values) -> {
            long group = wide(values) ? field : SHORT_COLUMNS;
            groups.computeIfAbsent(group, any -> new ArrayList<>())
                    .add(new Column(Long.toString(field), Math.toIntExact(field), values.type(), values.values()));
        });
        return groups;
    }

    private static boolean wide(FieldColumn column) {
        return column.dataType() >= 100 || column.type().physical() == ColumnType.Physical.FIXED;
    }
}
