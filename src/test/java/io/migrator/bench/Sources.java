package io.migrator.bench;

import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.LinkedHashMap;
import java.util.Map;

/** The collections that are backed up: many small objects each. Compaction must be off on their server. */
final class Sources {
    static final String NARROW = "narrow";
    static final int NARROW_SEGMENTS = 286;
    static final int NARROW_ROWS_EACH = 700;
    private static final int NARROW_DIMENSIONS = 48;

    static final String WIDE = "wide";
    private static final int WIDE_SCALARS = 59;
    private static final int WIDE_SHARDS = 16;
    private static final int WIDE_FLUSHES = 10;
    private static final int WIDE_ROWS_A_FLUSH = 800;

    private final LabClient client;

    Sources(LabClient client) {
        this.client = client;
    }

    /** 286 segments of 700 rows over two partitions, 7 files each: 2,002 objects of about 24 kB. */
    void narrow() {
        new Fill(client).manySegments(NARROW, NARROW_SEGMENTS, NARROW_ROWS_EACH, NARROW_DIMENSIONS);
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
