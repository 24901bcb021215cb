package io.migrator.process;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.Release;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.FunctionType;
import io.milvus.grpc.StructArrayFieldSchema;
import io.milvus.grpc.ValueField;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Schemas as a user sends them that have, together, every data type and every attribute of a release (milvus-api.md 1.6),
 * and what no protocol has yet: types and attributes of unknown numbers.
 */
record WholeSchemas(Release release) {
    /** Types that a server is to know beyond its release: Text, and one that nobody has heard of. */
    static final Set<Integer> EXTRA_TYPES = Set.of(25, 77);

    private static final UnknownFieldSet UNKNOWN = UnknownFieldSet.newBuilder()
            .addField(
                    900,
                    UnknownFieldSet.Field.newBuilder()
                            .addVarint(7)
                            .addLengthDelimited(ByteString.copyFromUtf8("to come"))
                            .build())
            .build();

    /** Scalars plain, nullable and with defaults; arrays; a clustering key; a text with analyzer and BM25; dynamic. */
    CollectionSchema scalars() {
        CollectionSchema.Builder schema = CollectionSchema.newBuilder()
                .setName("scalars")
                .setDescription("every scalar of " + release.text())
                .setEnableDynamicField(true)
                .addProperties(Pairs.pair("collection.ttl.seconds", "3600"))
                .setUnknownFields(UNKNOWN)
                .addFields(field("id", 5).setIsPrimaryKey(true).setDescription("the key"));
        for (int type : scalarTypes()) {
            schema.addFields(field("t" + type, type).setDescription("type " + type));
            if (release.nullableAndFunctions()) {
                schema.addFields(field("n" + type, type).setNullable(true));
            }
        }
        for (int element : new int[] {1, 2, 3, 4, 5, 10, 11, 21}) {
            schema.addFields(field("a" + element, 22).setElementTypeValue(element));
        }
        defaults(schema);
        schema.addFields(field("cluster", 5)
                .setIsClusteringKey(true)
                .addTypeParams(Pairs.pair("mmap.enabled", "true"))
                .setUnknownFields(UNKNOWN));
        schema.addFields(field("v", 101).addIndexParams(Pairs.pair("index_type", "HNSW")));
        if (release.structArrays()) {
            schema.addFields(field("v105", 105));
        }
        if (release.nullableAndFunctions()) {
            bm25(schema);
        }
        return schema.build();
    }

    private int[] scalarTypes() {
        int[] old = {1, 2, 3, 4, 5, 10, 11, 21, 23};
        int[] more = release.structArrays() ? new int[] {24, 25, 26, 77} : new int[] {77};
        return IntStream.concat(IntStream.of(old), IntStream.of(more)).toArray();
    }

    private void defaults(CollectionSchema.Builder schema) {
        schema.addFields(given(1, ValueField.newBuilder().setBoolData(true)));
        for (int type : new int[] {2, 3, 4}) {
            schema.addFields(given(type, ValueField.newBuilder().setIntData(-type)));
        }
        schema.addFields(given(5, ValueField.newBuilder().setLongData(1L << 60)));
        schema.addFields(given(10, ValueField.newBuilder().setFloatData(0.1f)));
        schema.addFields(given(11, ValueField.newBuilder().setDoubleData(Double.MIN_VALUE)));
        schema.addFields(given(21, ValueField.newBuilder().setStringData("ä<b>\u0000\"")));
        schema.addFields(given(77, ValueField.newBuilder().setBytesData(ByteString.copyFrom(new byte[] {-1, 0, 3}))));
        if (release.structArrays()) {
            schema.addFields(given(26, ValueField.newBuilder().setStringData("2026-11-24T00:00:00Z")));
        }
    }

    private FieldSchema.Builder given(int type, ValueField.Builder value) {
        return field("d" + type, type)
                .setNullable(release.nullableAndFunctions())
                .setDefaultValue(value);
    }

    private static void bm25(CollectionSchema.Builder schema) {
        schema.addFields(field("text", 21)
                        .addTypeParams(Pairs.pair("enable_analyzer", "true"))
                        .addTypeParams(Pairs.pair("enable_match", "true"))
                        .addTypeParams(
                                Pairs.pair("analyzer_params", "{\"type\":\"english\",\"stop_words\":[\"<of>\"]}")))
                .addFields(field("sparse", 104).setIsFunctionOutput(true))
                .addFunctions(FunctionSchema.newBuilder()
                        .setName("bm25")
                        .setDescription("words to weights")
                        .setType(FunctionType.BM25)
                        .addInputFieldNames("text")
                        .addOutputFieldNames("sparse")
                        .addAllParams(Pairs.of("bm25_k1", "1.2", "bm25_b", "0.75"))
                        .setUnknownFields(UNKNOWN));
    }

    /** A text as key, and vectors: of bits, of halves, of both kinds, and sparse. */
    CollectionSchema vectors() {
        return CollectionSchema.newBuilder()
                .setName("vectors")
                .addFields(field("id", 21).setIsPrimaryKey(true))
                .addFields(field("v100", 100).addTypeParams(Pairs.pair("mmap.enabled", "false")))
                .addFields(field("v102", 102))
                .addFields(field("v103", 103))
                .addFields(field("v104", 104))
                .build();
    }

    /** Ids that the server gives, and a partition key. */
    CollectionSchema tenants() {
        return CollectionSchema.newBuilder()
                .setName("tenants")
                .addFields(field("id", 5).setIsPrimaryKey(true).setAutoID(true))
                .addFields(field("tenant", 21).setIsPartitionKey(true))
                .addFields(field("v", 101))
                .build();
    }

    /** Two structures behind a dynamic field. */
    CollectionSchema structs() {
        return CollectionSchema.newBuilder()
                .setName("structs")
                .setEnableDynamicField(true)
                .addFields(field("id", 5).setIsPrimaryKey(true))
                .addFields(field("v", 101))
                .addStructArrayFields(StructArrayFieldSchema.newBuilder()
                        .setName("parts")
                        .setDescription("what it is made of")
                        .setUnknownFields(UNKNOWN)
                        .addFields(field("part_size", 22).setElementTypeValue(5))
                        .addFields(field("part_name", 22).setElementTypeValue(21))
                        .addFields(field("part_vector", 106)
                                .setElementTypeValue(101)
                                .addTypeParams(Pairs.pair("max_capacity", "8"))))
                .addStructArrayFields(StructArrayFieldSchema.newBuilder()
                        .setName("places")
                        .addFields(field("place_here", 22)
                                .setElementTypeValue(1)
                                .setDescription("whether")
                                .setUnknownFields(UNKNOWN)))
                .build();
    }

    List<CollectionSchema> all() {
        return release.structArrays()
                ? List.of(scalars(), vectors(), tenants(), structs())
                : List.of(scalars(), vectors(), tenants());
    }

    static FieldSchema.Builder field(String name, int type) {
        FieldSchema.Builder field = FieldSchema.newBuilder().setName(name).setDataTypeValue(type);
        if (type == DataType.VarChar_VALUE) {
            field.addTypeParams(Pairs.pair("max_length", "64"));
        }
        if (type == DataType.Array_VALUE) {
            field.addAllTypeParams(Pairs.of("max_capacity", "8", "max_length", "64"));
        }
        boolean dense = type >= 100 && type <= 106 && type != DataType.SparseFloatVector_VALUE;
        return dense ? field.addTypeParams(Pairs.pair("dim", "16")) : field;
    }
}
