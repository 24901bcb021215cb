package io.migrator.fake.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Puts columns into the files of one segment, and remembers which they were. */
final class SegmentFiles {
    private static final long SHORT_COLUMNS = 0;

    private final SegmentIds ids;
    private final int storageVersion;
    private final LongSupplier logIds;
    private final FileSink sink;
    private final SortedMap<Long, List<Long>> insertLogs = new TreeMap<>();
    private final List<Long> deltaLogs = new ArrayList<>();
    private long rows;
    private long bytes;

    SegmentFiles(SegmentIds ids, int storageVersion, LongSupplier logIds, FileSink sink) {
        this.ids = ids;
        this.storageVersion = storageVersion;
        this.logIds = logIds;
        this.sink = sink;
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

    /** A file as it is, under an id of its own. */
    void insert(long group, byte[] content) {
        long log = logIds.getAsLong();
        put(ids.insertLog(group, log), content);
        insertLogs.computeIfAbsent(group, any -> new ArrayList<>()).add(log);
    }

    void addDeletes(List<Deletion> deletions, DeltaForm form) {
        delta(DeltaLogs.write(ids, form, deletions));
    }

    void delta(byte[] content) {
        long log = logIds.getAsLong();
        put(ids.deltaLog(log), content);
        deltaLogs.add(log);
    }

    /** For files put as they are, whose rows are not looked at. */
    void countRows(long more) {
        rows += more;
    }

    WrittenSegment written() {
        return new WrittenSegment(ids, rows, storageVersion, insertLogs, deltaLogs, bytes);
    }

    private void put(String key, byte[] content) {
        sink.put(key, content);
        bytes += content.length;
    }

    private byte[] classic(long field, FieldColumn values, long from, long to) {
        Column column = Column.val(values.type(), values.values());
        String extra = values.type().optional()
                ? "{\"nullable\":true,\"original_size\":\"%d\"}"
                : "{\"original_size\":\"%d\"}";
        return new Envelope(ids, field, from, to, values.dataType(), extra.formatted(column.plainBytes()))
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
