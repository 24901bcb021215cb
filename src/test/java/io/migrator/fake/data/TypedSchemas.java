package io.migrator.fake.data;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.FunctionType;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.StructArrayFieldSchema;
import java.util.concurrent.atomic.AtomicLong;

/** Schemas with ids, as a server describes them. */
public final class TypedSchemas {
    private TypedSchemas() {}

    /** Every data type of milvus-api.md 1.6, nullable ones, a type from the future, and a dynamic field. */
    public static CollectionSchema everyType() {
        CollectionSchema.Builder schema =
                CollectionSchema.newBuilder().setName("every_type").setEnableDynamicField(true);
        AtomicLong id = new AtomicLong(100);
        schema.addFields(field(id, "id", 21, "max_length", "64").setIsPrimaryKey(true));
        for (int type : new int[] {1, 2, 3, 4, 5, 10, 11, 20, 23, 24, 25, 26, 250}) {
            schema.addFields(field(id, "t" + type, type));
            schema.addFields(field(id, "n" + type, type).setNullable(true));
        }
        for (int element : new int[] {1, 2, 4, 5, 10, 11, 21}) {
            schema.addFields(field(id, "a" + element, 22, "max_capacity", "8").setElementTypeValue(element));
        }
        for (int type : new int[] {100, 101, 102, 103, 104, 105}) {
            schema.addFields(field(id, "v" + type, type, "dim", "16"));
        }
        return schema.build();
    }

    /** Every type that a Milvus 2.3 has beside one float vector, and a dynamic field. */
    public static CollectionSchema of23(String name) {
        AtomicLong id = new AtomicLong(100);
        return CollectionSchema.newBuilder()
                .setName(name)
                .setEnableDynamicField(true)
                .addFields(field(id, "id", DataType.Int64_VALUE).setIsPrimaryKey(true))
                .addFields(field(id, "b", DataType.Bool_VALUE))
                .addFields(field(id, "i8", DataType.Int8_VALUE))
                .addFields(field(id, "i16", DataType.Int16_VALUE))
                .addFields(field(id, "i32", DataType.Int32_VALUE))
                .addFields(field(id, "i64", DataType.Int64_VALUE))
                .addFields(field(id, "f", DataType.Float_VALUE))
                .addFields(field(id, "d", DataType.Double_VALUE))
                .addFields(field(id, "s", DataType.VarChar_VALUE, "max_length", "64"))
                .addFields(field(id, "j", DataType.JSON_VALUE))
                .addFields(field(id, "a", DataType.Array_VALUE, "max_capacity", "8")
                        .setElementType(DataType.Int64))
                .addFields(field(id, "fv", DataType.FloatVector_VALUE, "dim", "8"))
                .build();
    }

    /** Every type of Milvus 2.6, nullable ones, a structure and a function's output. */
    public static CollectionSchema of26(String name) {
        AtomicLong id = new AtomicLong(100);
        CollectionSchema.Builder schema =
                CollectionSchema.newBuilder().setName(name).setEnableDynamicField(true);
        schema.addFields(field(id, "id", DataType.Int64_VALUE).setIsPrimaryKey(true));
        for (int type : new int[] {1, 2, 3, 4, 5, 10, 11, 23}) {
            schema.addFields(field(id, "n" + type, type).setNullable(true));
        }
        schema.addFields(field(id, "text", DataType.VarChar_VALUE, "max_length", "64")
                .addTypeParams(
                        KeyValuePair.newBuilder().setKey("enable_analyzer").setValue("true")));
        schema.addFields(
                field(id, "tags", DataType.Array_VALUE, "max_capacity", "8").setElementType(DataType.Int32));
        schema.addFields(field(id, "sparse", DataType.SparseFloatVector_VALUE).setIsFunctionOutput(true));
        for (int type : new int[] {101, 102, 105}) {
            schema.addFields(field(id, "v" + type, type, "dim", "16"));
        }
        return schema.addFunctions(FunctionSchema.newBuilder()
                        .setName("bm25")
                        .setType(FunctionType.BM25)
                        .addInputFieldNames("text")
                        .addOutputFieldNames("sparse"))
                .addStructArrayFields(StructArrayFieldSchema.newBuilder()
                        .setFieldID(id.getAndIncrement())
                        .setName("parts")
                        .addFields(field(id, "part_size", DataType.Array_VALUE, "max_capacity", "8")
                                .setElementType(DataType.Int64))
                        .addFields(field(id, "part_vector", DataType.ArrayOfVector_VALUE, "dim", "4")
                                .setElementType(DataType.FloatVector)
                                .addTypeParams(KeyValuePair.newBuilder()
                                        .setKey("max_capacity")
                                        .setValue("8"))))
                .build();
    }

    /** A text as key and a binary vector. */
    public static CollectionSchema binary(String name) {
        AtomicLong id = new AtomicLong(100);
        return CollectionSchema.newBuilder()
                .setName(name)
                .addFields(field(id, "id", DataType.VarChar_VALUE, "max_length", "64")
                        .setIsPrimaryKey(true))
                .addFields(field(id, "bv", DataType.BinaryVector_VALUE, "dim", "16"))
                .build();
    }

    /** An Int64 key, a text and a vector. */
    public static CollectionSchema small(String name) {
        AtomicLong id = new AtomicLong(100);
        return CollectionSchema.newBuilder()
                .setName(name)
                .addFields(field(id, "id", DataType.Int64_VALUE).setIsPrimaryKey(true))
                .addFields(field(id, "title", DataType.VarChar_VALUE, "max_length", "64"))
                .addFields(field(id, "v", DataType.FloatVector_VALUE, "dim", "4"))
                .build();
    }

    /** As {@link #small}, with the text and the vector in each other's place. */
    public static CollectionSchema swapped(String name) {
        CollectionSchema small = small(name);
        return small.toBuilder()
                .setFields(1, small.getFields(2).toBuilder().setFieldID(101))
                .setFields(2, small.getFields(1).toBuilder().setFieldID(102))
                .build();
    }

    private static FieldSchema.Builder field(AtomicLong id, String name, int type, String... parameter) {
        FieldSchema.Builder field = FieldSchema.newBuilder()
                .setFieldID(id.getAndIncrement())
                .setName(name)
                .setDataTypeValue(type);
        if (parameter.length > 0) {
            field.addTypeParams(KeyValuePair.newBuilder().setKey(parameter[0]).setValue(parameter[1]));
        }
        return field;
    }
}
