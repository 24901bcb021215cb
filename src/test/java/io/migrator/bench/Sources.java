package io.migrator.bench;

import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.KeyValuePair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** The collections that are backed up: many small objects each. Compaction must be off on their server. */
final class Sources {
    static final String TINY = "tiny";
    static final String NARROW = "narrow";
    static final int NARROW_SEGMENTS = 286;
    static final int NARROW_ROWS_EACH = 700;
    private static final int NARROW_DIMENSIONS = 48;
    private static final int FLUSHES_AT_ONCE = 26;

    static final String WIDE = "wide";
    private static final int WIDE_SCALARS = 59;
    private static final int WIDE_SHARDS = 16;
    private static final int WIDE_FLUSHES = 10;
    private static final int WIDE_ROWS_A_FLUSH = 800;

    private final LabClient client;

    Sources(LabClient client) {
        this.client = client;
    }

    /** One segment of 700 rows: 7 objects. */
    void tiny() {
        CollectionSchema schema = narrowSchema(TINY);
        Fill fill = new Fill(client);
        fill.create(schema, 1, ConsistencyLevel.Bounded, 0);
        fill.insert(schema, "_default", 0, NARROW_ROWS_EACH, Sources::narrowRow);
        fill.flush(TINY);
    }

    /** 286 segments of 700 rows over two partitions, 7 files each: 2,002 objects. */
    void narrow() {
        CollectionSchema schema = narrowSchema(NARROW);
        Fill fill = new Fill(client);
        fill.create(schema, 1, ConsistencyLevel.Bounded, 0);
        fill.partition(NARROW, "p1");
        for (int segment = 0; segment < NARROW_SEGMENTS; segment++) {
            int first = segment * NARROW_ROWS_EACH;
            fill.insert(
                    schema, segment % 2 == 0 ? "_default" : "p1", first, first + NARROW_ROWS_EACH, Sources::narrowRow);
            if (segment % FLUSHES_AT_ONCE == 0) {
                fill.flush(NARROW);
            } else {
                seal();
            }
        }
        fill.flush(NARROW);
    }

    /** The next insert begins another segment; waiting until each is written would take a second or more a segment. */
    private void seal() {
        LabClient.require(client.stub()
                .flush(FlushRequest.newBuilder().addCollectionNames(NARROW).build())
                .getStatus());
    }

    private static CollectionSchema narrowSchema(String name) {
        return CollectionSchema.newBuilder()
                .setName(name)
                .addFields(FieldSchema.newBuilder()
                        .setName("id")
                        .setDataType(DataType.Int64)
                        .setIsPrimaryKey(true))
                .addFields(FieldSchema.newBuilder()
                        .setName("title")
                        .setDataType(DataType.VarChar)
                        .addTypeParams(
                                KeyValuePair.newBuilder().setKey("max_length").setValue("200")))
                .addFields(FieldSchema.newBuilder().setName("score").setDataType(DataType.Double))
                .addFields(vector(NARROW_DIMENSIONS))
                .setEnableDynamicField(true)
                .build();
    }

    private static Map<String, Object> narrowRow(int i) {
        Random random = new Random(i);
        float[] vector = new float[NARROW_DIMENSIONS];
        for (int at = 0; at < vector.length; at++) {
            vector[at] = random.nextFloat();
        }
        return Map.of("id", i, "title", "title " + i, "score", i / 8.0, "v", vector, "extra", i % 7);
    }

    private static FieldSchema vector(int dimensions) {
        return FieldSchema.newBuilder()
                .setName("v")
                .setDataType(DataType.FloatVector)
                .addTypeParams(KeyValuePair.newBuilder().setKey("dim").setValue(String.valueOf(dimensions)))
                .build();
    }

    /**
     * 20,160 objects: 320 segments (each flush seals one a shard and partition) of 63 files, 61 for the fields and 2 for
     * row ids and timestamps. Real Milvus would take the better part of an hour to make as many objects of few fields.
     */
    void wide() {
        CollectionSchema schema = wideSchema();
        Fill fill = new Fill(client);
        fill.create(schema, WIDE_SHARDS, ConsistencyLevel.Bounded, 0);
        fill.partition(WIDE, "p1");
        for (int flush = 0; flush < WIDE_FLUSHES; flush++) {
            int first = flush * 2 * WIDE_ROWS_A_FLUSH;
            int middle = first + WIDE_ROWS_A_FLUSH;
            fill.insert(schema, "_default", first, middle, Sources::wideRow);
            fill.insert(schema, "p1", middle, middle + WIDE_ROWS_A_FLUSH, Sources::wideRow);
            fill.flush(WIDE);
        }
    }

    private static CollectionSchema wideSchema() {
        CollectionSchema.Builder schema = CollectionSchema.newBuilder()
                .setName(WIDE)
                .addFields(FieldSchema.newBuilder()
                        .setName("id")
                        .setDataType(DataType.Int64)
                        .setIsPrimaryKey(true));
        for (int i = 0; i < WIDE_SCALARS; i++) {
            schema.addFields(FieldSchema.newBuilder().setName("f" + i).setDataType(DataType.Int64));
        }
        return schema.addFields(FieldSchema.newBuilder()
                        .setName("v")
                        .setDataType(DataType.FloatVector)
                        .addTypeParams(KeyValuePair.newBuilder().setKey("dim").setValue("8")))
                .build();
    }

    private static Map<String, Object> wideRow(int i) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", i);
        for (int field = 0; field < WIDE_SCALARS; field++) {
            row.put("f" + field, (long) i * field);
        }
        row.put("v", new float[] {i, 1, 2, 3, 4, 5, 6, 7});
        return row;
    }
}
