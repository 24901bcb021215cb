package io.migrator.fake.data;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes the files of segments of one collection, as Milvus lays them out (milvus-api.md 4). */
public final class SegmentWriter {
    private final List<FieldSchema> fields;
    private final FieldSchema primaryKey;
    private final LongSupplier logIds;
    private final FileSink sink;

    /**
     * @param schema with the field ids that the server gave
     * @param logIds gives ids of files, ascending
     */
    public SegmentWriter(CollectionSchema schema, LongSupplier logIds, FileSink sink) {
        this.fields = FieldList.of(schema);
        this.primaryKey = FieldList.primaryKey(schema);
        this.logIds = logIds;
        this.sink = sink;
    }

    /** Writes a sealed segment: its insert logs, and a delta log where it is to have deletes. */
    public WrittenSegment write(SegmentIds ids, SegmentContent content) {
        SegmentFiles files = new SegmentFiles(ids, content.storageVersion(), logIds, sink);
        FieldValues values = new FieldValues(content.seed());
        int from = 0;
        for (int log = 1; log <= content.logs(); log++) {
            int to = (int) ((long) content.rows() * log / content.logs());
            files.add(columns(content, values, from, to));
            from = to;
        }
        if (content.deletes() > 0) {
            files.addDeletes(deletions(content), content.deltaForm());
        }
        return files.written();
    }

    /** Writes a segment that has nothing but deletes (level L0); partition -1 in its ids spans the collection. */
    public WrittenSegment writeDeletes(SegmentIds ids, List<Deletion> deletions, DeltaForm form) {
        SegmentFiles files = new SegmentFiles(ids, 1, logIds, sink);
        files.addDeletes(deletions, form);
        return files.written();
    }

    /** The delete of a row, by its number in the collection. */
    public Deletion deletion(long row, long timestamp) {
        Object key = FieldValues.key(primaryKey, row);
        return new Deletion(Cells.key(key), timestamp);
    }

    private List<Deletion> deletions(SegmentContent content) {
        List<Deletion> deletions = new ArrayList<>();
        for (int i = 0; i < content.deletes(); i++) {
            deletions.add(deletion(content.firstRow() + i, content.lastTimestamp() + 1 + i));
        }
        return deletions;
    }

    private SortedMap<Long, FieldColumn> columns(SegmentContent content, FieldValues values, int from, int to) {
        SortedMap<Long, FieldColumn> columns = new TreeMap<>();
        for (FieldSchema field : fields) {
            List<@Nullable Object> cells = new ArrayList<>(to - from);
            for (int i = from; i < to; i++) {
                long row = content.firstRow() + i;
                cells.add(
                        field.getFieldID() == FieldList.ROW_ID
                                ? (Object) row
                                : field.getFieldID() == FieldList.TIMESTAMP
                                        ? (Object) (content.firstTimestamp() + i)
                                        : values.of(field, row));
            }
            columns.put(field.getFieldID(), new FieldColumn(field.getDataTypeValue(), ColumnType.of(field), cells));
        }
        return columns;
    }
}
