package io.migrator.process;

import io.migrator.fake.model.Pairs;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.ValueField;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Milvus 2.3 has and milvus-backup's samples lack: arrays of every element type, and default values. */
final class ListsCollection {
    private ListsCollection() {}

    static void fill(LabClient client, String name) {
        CollectionSchema schema = schema(name);
        Fill fill = new Fill(client);
        fill.create(schema, 3, ConsistencyLevel.Customized, 0, "collection.ttl.seconds", "864000000");
        fill.insert(schema, "_default", 0, 30, ListsCollection::row);
        fill.flush(name);
        fill.index(name, "v", "v", "index_type", "IVF_PQ", "metric_type", "IP", "nlist", "16", "m", "4");
        fill.index(name, "given_text", "t", "index_type", "Trie");
    }

    private static CollectionSchema schema(String name) {
        CollectionSchema.Builder schema = CollectionSchema.newBuilder()
                .setName(name)
                .setDescription("lists, \"<&>\" ä")
                .addFields(WholeSchemas.field("id", 5).setIsPrimaryKey(true));
        for (int element : new int[] {1, 2, 3, 4, 5, 10, 11, 21}) {
            schema.addFields(WholeSchemas.field("a" + element, 22).setElementTypeValue(element));
        }
        return schema.addFields(WholeSchemas.field("given_number", 5)
                        .setDefaultValue(ValueField.newBuilder().setLongData(1L << 60)))
                .addFields(WholeSchemas.field("given_text", 21)
                        .setDefaultValue(ValueField.newBuilder().setStringData("ä<b>")))
                .addFields(WholeSchemas.field("v", 101).addTypeParams(Pairs.pair("mmap.enabled", "true")))
                .build();
    }

    private static Map<String, Object> row(int i) {
        Map<String, Object> row = new HashMap<>();
        row.put("id", i);
        row.put("a1", Collections.nCopies(i % 3, i % 2 == 0));
        for (int element : new int[] {2, 3, 4, 5, 10, 11}) {
            row.put("a" + element, Collections.nCopies(i % 4, i));
        }
        row.put("a21", List.of("text " + i));
        row.put("given_number", i * 7L);
        row.put("given_text", "ü" + i);
        row.put("v", vector(i));
        return row;
    }

    private static float[] vector(int i) {
        float[] vector = new float[16];
        vector[i % vector.length] = i + 1;
        return vector;
    }
}
