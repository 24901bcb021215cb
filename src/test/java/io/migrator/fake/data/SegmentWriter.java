package io.migrator.fake.data;

import io.migrator.fake.model.SegmentFiles;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the files of segments of one collection, as Milvus fills them (milvus-api.md 4). */
public final class SegmentWriter {
    private final List<FieldSchema> fields;
    private final FieldSchema primaryKey;

    /** @param schema with the field ids that the server gave */
    public SegmentWriter(CollectionSchema schema) {
        this.fields = FieldList.of(schema);
        this.primaryKey = FieldList.primaryKey(schema);
    }

    /** The files of a sealed segment: its insert logs, and a delta log where it is to have deletes. */
    public SegmentFiles rows(SegmentRows rows) {
        return place -> {
            FileBodies files = new FileBodies(place, rows.storageVersion());
            FieldValues values = new FieldValues(rows.seed());
            int from = 0;
            for (int log = 1; log <= rows.logs(); log++) {
                int to = (int) ((long) rows.rows() * log / rows.logs());
                files.add(columns(rows, values, from, to));
                from = to;
            }
            if (rows.deletes() > 0) {
                files.addDeletes(deletions(rows), rows.deltaForm());
            }
            return files.content();
        };
    }

    /** The files of a segment that has nothing but deletes (level L0). */
    public SegmentFiles deletes(List<Deletion> deletions, DeltaForm form) {
        return place -> {
            FileBodies files = new FileBodies(place, 1);
            files.addDeletes(deletions, form);
            return files.content();
        };
    }

    /** The delete of a row, by its number in the collection. */
    public Deletion deletion(long row, long timestamp) {
        return new Deletion(Cells.key(FieldValues.key(primaryKey, row)), timestamp);
    }

    private List<Deletion> deletions(SegmentRows rows) {
        List<Deletion> deletions = new ArrayList<>();
        for (int i = 0; i < rows.deletes(); i++) {
            deletions.add(deletion(rows.firstRow() + i, rows.lastTimestamp() + 1 + i));
        }
        return deletions;
    }

    private SortedMap<Long, FieldColumn> columns(SegmentRows rows, FieldValues values, int from, int to) {
        SortedMap<Long, FieldColumn> columns = new TreeMap<>();
        for (FieldSchema field : fields) {
            List<@Nullable Object> cells = new ArrayList<>(to - from);
            for (int i = from; i < to; i++) {
                cells.add(cell(field, rows, values, i));
            }
            columns.put(field.getFieldID(), new FieldColumn(field.getDataTypeValue(), ColumnType.of(field), cells));
        }
        return columns;
    }

    private static @Nullable Object cell(FieldSchema field, SegmentRows rows, FieldValues values, int index) {
        long row = rows.firstRow() + index;
        if (field.getFieldID() == FieldList.ROW_ID) {
            return row;
        }
        return field.getFieldID() == FieldList.TIMESTAMP
                ? (Object) (rows.firstTimestamp() + index)
                : values.of(field, row);
    }
}
