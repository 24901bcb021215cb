package io.migrator.process;

import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A collection of few rows and about 1,000 files: many fields, each flush sealing a segment of every partition. */
public final class WideCollection {
    static final int FIELDS = 60;
    static final int PARTITIONS = 4;
    static final int FLUSHES = 4;
    public static final int ROWS_EACH = 5;
    /** Fields, the vector, row ids and time stamps included. */
    static final int OBJECTS = (FIELDS + 4) * PARTITIONS * FLUSHES;

    private WideCollection() {}

    public static void fill(LabClient client, String name) {
        fill(client, name, FIELDS, PARTITIONS, FLUSHES);
    }

    /** A segment for each partition and flush. */
    public static void fill(LabClient client, String name, int fields, int partitions, int flushes) {
        Fill fill = new Fill(client);
        CollectionSchema schema = schema(name, fields);
        fill.create(schema, 1, ConsistencyLevel.Bounded, 0);
        for (int partition = 1; partition < partitions; partition++) {
            fill.partition(name, "p" + partition);
        }
        int next = 0;
        for (int flush = 0; flush < flushes; flush++) {
            for (int partition = 0; partition < partitions; partition++) {
                String into = partition == 0 ? "_default" : "p" + partition;
                fill.insert(schema, into, next, next + ROWS_EACH, i -> row(i, fields));
                next += ROWS_EACH;
            }
            fill.flush(name);
        }
        fill.index(name, "v", "v", "index_type", "FLAT", "metric_type", "L2");
    }

    /** More rows for a collection that {@link #fill} made, as a segment of their own. */
    public static void insert(LabClient client, String name, int fields, String partition, int from, int to) {
        insertUnsealed(client, name, fields, partition, from, to);
        new Fill(client).flush(name);
    }

    /** Rows of the same keys with the values of other ones, sealed. */
    static void upsert(LabClient client, String name, int fields, String partition, int from, int to, int values) {
        Fill fill = new Fill(client);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Map<String, Object> row = row(i + values, fields);
            row.put("id", i);
            rows.add(row);
        }
        fill.upsert(schema(name, fields), partition, rows);
        fill.flush(name);
    }

    static void insertUnsealed(LabClient client, String name, int fields, String partition, int from, int to) {
        new Fill(client).insert(schema(name, fields), partition, from, to, i -> row(i, fields));
    }

    private static CollectionSchema schema(String name, int fields) {
        CollectionSchema.Builder schema = CollectionSchema.newBuilder()
                .setName(name)
                .addFields(field("id", DataType.Int64).setIsPrimaryKey(true))
                .addFields(field("v", DataType.FloatVector)
                        .addTypeParams(KeyValuePair.newBuilder().setKey("dim").setValue("2")));
        for (int i = 0; i < fields; i++) {
            schema.addFields(field("f" + i, DataType.Int32));
        }
        return schema.build();
    }

    private static Map<String, Object> row(int i, int fields) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", i);
        row.put("v", new float[] {i, i / 2f});
        for (int field = 0; field < fields; field++) {
            row.put("f" + field, i * 100 + field);
        }
        return row;
    }

    private static FieldSchema.Builder field(String name, DataType type) {
        return FieldSchema.newBuilder().setName(name).setDataType(type);
    }
}
