package io.migrator.fake.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.fake.data.ColumnType;
import io.migrator.fake.data.Deletion;
import io.migrator.fake.data.FieldColumn;
import io.migrator.fake.data.FieldList;
import io.migrator.fake.data.SegmentData;
import io.migrator.fake.data.SegmentReader;
import io.migrator.fake.model.Release;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.ValueField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a source segment into the rows that its target gets. */
record SegmentImport(Release release, CollectionSchema schema, SourceFiles files) {
    /** What a file begins with that has no envelope. */
    private static final byte PARQUET = 'P';

    /** @throws ImportFault where a file is not what the target needs */
    SegmentData rows(SourceSegment segment, ImportOptions options) {
        int storageVersion = options.storageVersion(release);
        new FileCheck(release, schema).check(segment, storageVersion);
        SegmentReader reader = new SegmentReader(key -> insertLog(key, storageVersion));
        SegmentData read = read(reader, segment);
        FieldSchema key = FieldList.primaryKey(schema);
        ImportOptions.Range range = options.range(release);
        List<Deletion> deletions = deletions(new SegmentReader(files::read), segment.deltas());
        return fitted(read).without(keyed(deletions, key), key.getFieldID(), range.from(), range.to());
    }

    /** The deletes below a path; none is no fault. */
    List<Deletion> deletions(String path) {
        return keyed(deletions(new SegmentReader(files::read), files.keys(path)), FieldList.primaryKey(schema));
    }

    private byte[] insertLog(String key, int storageVersion) {
        byte[] content = files.read(key);
        if (storageVersion == 2 != (content[0] == PARQUET)) {
            throw new IllegalArgumentException("%s is no file of storage version %d".formatted(key, storageVersion));
        }
        return content;
    }

    private static SegmentData read(SegmentReader reader, SourceSegment segment) {
        SegmentData read;
        try {
            read = reader.rows(segment.fields());
        } catch (RuntimeException e) {
            throw (ImportFault) new ImportFault(
                            "failed to create reader, binlog:%s, error:%s".formatted(segment.name(), e.getMessage()))
                    .initCause(e);
        }
        int rows = read.rows();
        read.columns().forEach((field, column) -> {
            if (column.values().size() != rows) {
                throw new ImportFault("field %d has %d rows, but field 1 has %d"
                        .formatted(field, column.values().size(), rows));
            }
        });
        return read;
    }

    private List<Deletion> deletions(SegmentReader reader, List<String> keys) {
        try {
            return reader.deletions(keys.stream());
        } catch (RuntimeException e) {
            throw (ImportFault) new ImportFault("failed to open binlog " + keys + ": " + e.getMessage()).initCause(e);
        }
    }

    private List<Deletion> keyed(List<Deletion> deletions, FieldSchema key) {
        boolean number = key.getDataType() == DataType.Int64;
        deletions.stream()
                .filter(deletion -> deletion.key() instanceof Long != number)
                .findAny()
                .ifPresent(wrong -> {
                    throw new ImportFault("delta log data type %d is not equal to collection's primary key data type %d"
                            .formatted(number ? DataType.VarChar_VALUE : DataType.Int64_VALUE, key.getDataTypeValue()));
                });
        return deletions;
    }

    /** The fields of the target: others left out, missing ones (which the check let pass) filled. */
    private SegmentData fitted(SegmentData read) {
        SortedMap<Long, FieldColumn> columns = new TreeMap<>();
        for (FieldSchema field : FieldList.of(schema)) {
            FieldColumn column = read.columns().get(field.getFieldID());
            ColumnType type = ColumnType.of(field);
            if (column == null && !FileCheck.optional(field)) {
                throw new ImportFault("no binlog for field:" + field.getName());
            }
            if (column == null) {
                List<@Nullable Object> filler = new ArrayList<>(Collections.nCopies(read.rows(), filler(field)));
                columns.put(field.getFieldID(), new FieldColumn(field.getDataTypeValue(), type, filler));
                continue;
            }
            if (column.dataType() >= 0 && column.dataType() != field.getDataTypeValue()) {
                throw new ImportFault("binlog is %s type, unequal to field %d"
                        .formatted(typeName(column.dataType()), field.getFieldID()));
            }
            if (column.type().physical() != type.physical() || column.type().width() != type.width()) {
                throw new ImportFault(
                        "values of field %d are %s, not %s".formatted(field.getFieldID(), column.type(), type));
            }
            columns.put(field.getFieldID(), new FieldColumn(field.getDataTypeValue(), type, column.values()));
        }
        return new SegmentData(columns);
    }

    /** {@code FloatVector} is float vector there. */
    private static String typeName(int dataType) {
        return String.valueOf(DataType.forNumber(dataType))
                .replace("Vector", " vector")
                .toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object filler(FieldSchema field) {
        if (field.getIsDynamic()) {
            return "{}".getBytes(UTF_8);
        }
        if (!field.hasDefaultValue()) {
            return null;
        }
        ValueField value = field.getDefaultValue();
        return switch (value.getDataCase()) {
            case BOOL_DATA -> value.getBoolData();
            case INT_DATA -> value.getIntData();
            case LONG_DATA -> value.getLongData();
            case FLOAT_DATA -> value.getFloatData();
            case DOUBLE_DATA -> value.getDoubleData();
            case STRING_DATA -> value.getStringData().getBytes(UTF_8);
            case BYTES_DATA -> value.getBytesData().toByteArray();
            default -> null;
        };
    }
}
