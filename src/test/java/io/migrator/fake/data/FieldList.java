package io.migrator.fake.data;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.StructArrayFieldSchema;
import java.util.ArrayList;
import java.util.List;

/** All fields that the files of a collection hold, in the order of their ids. */
public final class FieldList {
    public static final long ROW_ID = 0;
    public static final long TIMESTAMP = 1;

    private FieldList() {}

    /**
     * The two system fields, the user's own, those inside structures, and the dynamic field: where the schema does not
     * list it, under the id after the last (milvus-api.md 1.6).
     *
     * @param schema with the ids that the server gave
     */
    public static List<FieldSchema> of(CollectionSchema schema) {
        List<FieldSchema> fields = new ArrayList<>();
        fields.add(system(ROW_ID, "RowID"));
        fields.add(system(TIMESTAMP, "Timestamp"));
        fields.addAll(schema.getFieldsList());
        for (StructArrayFieldSchema struct : schema.getStructArrayFieldsList()) {
            fields.addAll(struct.getFieldsList());
        }
        boolean listed = schema.getFieldsList().stream().anyMatch(FieldSchema::getIsDynamic);
        if (schema.getEnableDynamicField() && !listed) {
            fields.add(dynamic(lastId(schema) + 1));
        }
        fields.sort((a, b) -> Long.compare(a.getFieldID(), b.getFieldID()));
        return fields;
    }

    public static FieldSchema primaryKey(CollectionSchema schema) {
        return schema.getFieldsList().stream()
                .filter(FieldSchema::getIsPrimaryKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no primary key in " + schema.getName()));
    }

    private static long lastId(CollectionSchema schema) {
        long last = 99;
        for (FieldSchema field : schema.getFieldsList()) {
            last = Math.max(last, field.getFieldID());
        }
        for (StructArrayFieldSchema struct : schema.getStructArrayFieldsList()) {
            last = Math.max(last, struct.getFieldID());
            for (FieldSchema field : struct.getFieldsList()) {
                last = Math.max(last, field.getFieldID());
            }
        }
        return last;
    }

    private static FieldSchema system(long id, String name) {
        return FieldSchema.newBuilder()
                .setFieldID(id)
                .setName(name)
                .setDataType(DataType.Int64)
                .build();
    }

    private static FieldSchema dynamic(long id) {
        return FieldSchema.newBuilder()
                .setFieldID(id)
                .setName("$meta")
                .setDataType(DataType.JSON)
                .setIsDynamic(true)
                .build();
    }
}
