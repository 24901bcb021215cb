package io.migrator.fake.data;

import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;

/**
 * How values lie in a Parquet column.
 *
 * @param width bytes of each value of {@link Physical#FIXED}, else 0
 * @param converted Parquet's number of the meaning (0 text, 15 to 18 integers of 8 to 64 bits), -1 where there is none
 * @param optional whether values may be null
 */
public record ColumnType(Physical physical, int width, int converted, boolean optional) {
    /** Parquet's physical types that Milvus uses, each with its number and the class of its values here. */
    public enum Physical {
        BOOLEAN(0),
        INT32(1),
        INT64(2),
        FLOAT(4),
        DOUBLE(5),
        BYTES(6),
        FIXED(7);

        final int number;

        Physical(int number) {
            this.number = number;
        }

        static Physical of(int number) {
            for (Physical type : values()) {
                if (type.number == number) {
                    return type;
                }
            }
            throw new IllegalArgumentException("a Parquet column of the physical type " + number);
        }
    }

    static final ColumnType LONG = new ColumnType(Physical.INT64, 0, 18, false);
    static final ColumnType TEXT = new ColumnType(Physical.BYTES, 0, 0, false);

    private static final int FLOAT_BYTES = 4;
    private static final int HALF_BYTES = 2;

    /**
     * The column of a field, by Milvus' number of its data type (milvus-api.md 1.6 and 4.2); bytes for a type this does
     * not know.
     */
    public static ColumnType of(FieldSchema field) {
        boolean optional = field.getNullable();
        return switch (field.getDataTypeValue()) {
            case 1 -> new ColumnType(Physical.BOOLEAN, 0, -1, optional);
            case 2 -> new ColumnType(Physical.INT32, 0, 15, optional);
            case 3 -> new ColumnType(Physical.INT32, 0, 16, optional);
            case 4 -> new ColumnType(Physical.INT32, 0, 17, optional);
            case 5, 26 -> new ColumnType(Physical.INT64, 0, 18, optional);
            case 10 -> new ColumnType(Physical.FLOAT, 0, -1, optional);
            case 11 -> new ColumnType(Physical.DOUBLE, 0, -1, optional);
            case 20, 21, 25 -> new ColumnType(Physical.BYTES, 0, 0, optional);
            case 100 -> new ColumnType(Physical.FIXED, dim(field) / Byte.SIZE, -1, optional);
            case 101 -> new ColumnType(Physical.FIXED, dim(field) * FLOAT_BYTES, -1, optional);
            case 102, 103 -> new ColumnType(Physical.FIXED, dim(field) * HALF_BYTES, -1, optional);
            case 105 -> new ColumnType(Physical.FIXED, dim(field), -1, optional);
            default -> new ColumnType(Physical.BYTES, 0, -1, optional);
        };
    }

    static int dim(FieldSchema field) {
        return parameter(field, "dim", 0);
    }

    static int parameter(FieldSchema field, String key, int otherwise) {
        return field.getTypeParamsList().stream()
                .filter(pair -> pair.getKey().equals(key))
                .map(KeyValuePair::getValue)
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(otherwise);
    }
}
