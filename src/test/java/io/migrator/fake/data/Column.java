package io.migrator.fake.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet column.
 *
 * @param fieldId Milvus' field, -1 where the file does not say
 * @param values Boolean, Integer, Long, Float, Double or byte[], as the type says; null only where it is optional
 */
record Column(String name, int fieldId, ColumnType type, List<@Nullable Object> values) {
    /** The one column of a classic binlog. */
    static Column val(ColumnType type, List<@Nullable Object> values) {
        return new Column("val", -1, type, values);
    }

    int rows() {
        return values.size();
    }

    /** Bytes that Milvus counts as its original size. */
    long plainBytes() {
        return values.stream().mapToLong(this::plainBytes).sum();
    }

    private long plainBytes(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length;
        }
        return switch (type.physical()) {
            case BOOLEAN -> 1;
            case INT32, FLOAT -> Integer.BYTES;
            default -> Long.BYTES;
        };
    }
}
