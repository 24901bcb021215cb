package io.migrator.lab;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.ArrayList;
import java.util.List;

/** The schemas that {@link Fill} uses, and the smallest one. */
public final class Schemas {
    private Schemas() {}

    /** A key {@code id} and a vector {@code v}. */
    public static CollectionSchema keyAndVector(String name, int dim) {
        return CollectionSchema.newBuilder()
                .setName(name)
                .addFields(field("id", DataType.Int64).setIsPrimaryKey(true))
                .addFields(field("v", DataType.FloatVector).addTypeParams(pair("dim", Integer.toString(dim))))
                .build();
    }

    static CollectionSchema coll(String name, int dim) {
        return CollectionSchema.newBuilder()
                .setName(name)
                .setDescription("lab")
                .addFields(field("id", DataType.Int64).setIsPrimaryKey(true))
                .addFields(field("title", DataType.VarChar).addTypeParams(pair("max_length", "200")))
                .addFields(field("score", DataType.Double))
                .addFields(field("v", DataType.FloatVector).addTypeParams(pair("dim", Integer.toString(dim))))
                .setEnableDynamicField(true)
                .build();
    }

    static CollectionSchema old(String name) {
        return CollectionSchema.newBuilder()
                .setName(name)
                .setDescription("from 2.2")
                .addFields(field("id", DataType.Int64).setIsPrimaryKey(true))
                .addFields(field("title", DataType.VarChar).addTypeParams(pair("max_length", "200")))
                .addFields(field("score", DataType.Double))
                .addFields(field("even", DataType.Bool))
                .addFields(field("j", DataType.JSON))
                .addFields(field("v", DataType.FloatVector).addTypeParams(pair("dim", "8")))
                .setEnableDynamicField(true)
                .build();
    }

    static CollectionSchema allTypes(String name) {
        return CollectionSchema.newBuilder()
                .setName(name)
                .setDescription("every type that 2.3 has")
                .addFields(field("id", DataType.VarChar).setIsPrimaryKey(true).addTypeParams(pair("max_length", "64")))
                .addFields(field("b", DataType.Bool))
                .addFields(field("i8", DataType.Int8))
                .addFields(field("i16", DataType.Int16))
                .addFields(field("i32", DataType.Int32))
                .addFields(field("i64", DataType.Int64))
                .addFields(field("f", DataType.Float))
                .addFields(field("d", DataType.Double))
                .addFields(
                        field("s", DataType.VarChar).setDescription("a text").addTypeParams(pair("max_length", "256")))
                .addFields(field("j", DataType.JSON))
                .addFields(field("a", DataType.Array)
                        .setElementType(DataType.Int64)
                        .addTypeParams(pair("max_capacity", "8")))
                .addFields(field("fv", DataType.FloatVector).addTypeParams(pair("dim", "8")))
                .setEnableDynamicField(true)
                .build();
    }

    static CollectionSchema pk(String name) {
        return CollectionSchema.newBuilder()
                .setName(name)
                .addFields(field("id", DataType.Int64).setIsPrimaryKey(true).setAutoID(true))
                .addFields(field("tenant", DataType.VarChar)
                        .setIsPartitionKey(true)
                        .addTypeParams(pair("max_length", "32")))
                .addFields(field("bv", DataType.BinaryVector).addTypeParams(pair("dim", "16")))
                .build();
    }

    private static FieldSchema.Builder field(String name, DataType type) {
        return FieldSchema.newBuilder().setName(name).setDataType(type);
    }

    static KeyValuePair pair(String key, String value) {
        return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
    }

    /** Pairs from key, value, key, value, ... */
    static List<KeyValuePair> pairs(String... words) {
        List<KeyValuePair> pairs = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            pairs.add(pair(words[i], words[i + 1]));
        }
        return pairs;
    }
}
