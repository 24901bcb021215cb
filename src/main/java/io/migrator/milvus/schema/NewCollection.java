package io.migrator.milvus.schema;

import com.google.protobuf.ByteString;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.KeyValue;
import io.migrator.milvus.calls.ServerVersion;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.StructArrayFieldSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a backed-up collection is created again: nothing but its name changes, and every field gets the id it had. */
public final class NewCollection {
    /** While it is set, Milvus does not call the models of a function: they need not be reachable for a restore. */
    static final String NO_RUNTIME_CHECK = "disable_func_runtime_check";

    private final String database;
    private final String collection;
    private final CollectionInfo source;
    private final CollectionSchema schema;
    private final FieldOrder order;
    private final boolean withoutRuntimeCheck;
    private final Map<String, String> properties;

    private NewCollection(
            String database,
            String collection,
            CollectionInfo source,
            CollectionSchema schema,
            FieldOrder order,
            Map<String, String> properties,
            boolean runtimeCheckable) {
        this.database = database;
        this.collection = collection;
        this.source = source;
        this.schema = schema;
        this.order = order;
        this.properties = properties;
        this.withoutRuntimeCheck =
                runtimeCheckable && schema.getFunctionsCount() > 0 && !"true".equals(properties.get(NO_RUNTIME_CHECK));
    }

    /**
     * @param raw DescribeCollectionResponse kept by the backup; null for backups of milvus-backup
     * @throws MigratorException UNSUPPORTED where fields would not get the ids they had
     */
    public static NewCollection of(
            String database, String collection, CollectionInfo source, @Nullable ByteString raw, ServerVersion target) {
        CollectionSchema kept = SchemaMessage.of(source, raw);
        String thing = database + "." + collection;
        FieldOrder order = FieldOrder.of(thing, kept);
        if (!order.late().isEmpty() && !target.atLeast(2, 6, 0)) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "create collection",
                    thing,
                    "field '" + order.late().get(0).getName()
                            + "' was added to the source collection later, and Milvus " + target.text()
                            + " cannot add fields",
                    "Restore into Milvus 2.6 or later.");
        }
        return new NewCollection(
                database, collection, source, kept, order, properties(source, raw == null), target.atLeast(2, 6, 8));
    }

    /** @param ofSchema whether those of the schema, too: milvus-backup takes them for the collection's */
    private static Map<String, String> properties(CollectionInfo source, boolean ofSchema) {
        Map<String, String> all = new TreeMap<>();
        if (ofSchema) {
            for (KeyValue pair : source.schema().properties()) {
                all.put(pair.key(), pair.value());
            }
        }
        for (KeyValue pair : source.properties()) {
            all.put(pair.key(), pair.value());
        }
        return all;
    }

    public CreateCollectionRequest request() {
        CollectionSchema wanted = schema.toBuilder()
                .setName(collection)
                .clearDbName()
                // The server counts its own changes: late fields are added once more.
                .clearVersion()
                .clearFields()
                .addAllFields(order.first())
                .clearStructArrayFields()
                .addAllStructArrayFields(order.structs())
                .build();
        Map<String, String> sent = new TreeMap<>(properties);
        sent.keySet().removeIf(Expiry::isProperty);
        if (withoutRuntimeCheck) {
            sent.put(NO_RUNTIME_CHECK, "true");
        }
        CreateCollectionRequest.Builder request = CreateCollectionRequest.newBuilder()
                .setDbName(database)
                .setCollectionName(collection)
                .setSchema(wanted.toByteString())
                .setShardsNum(source.shards())
                .setConsistencyLevelValue(source.consistencyLevel());
        sent.forEach((key, value) -> request.addProperties(SchemaMessage.pair(key, value)));
        if (order.first().stream().anyMatch(FieldSchema::getIsPartitionKey)) {
            request.setNumPartitions(source.partitions().size());
        }
        return request.build();
    }

    /** Fields to add once the collection is there, in this order. */
    public List<FieldSchema> lateFields() {
        return order.late();
    }

    /** What to set once the collection is there. */
    public List<KeyValuePair> lateProperties() {
        String before = properties.getOrDefault(NO_RUNTIME_CHECK, "false");
        return withoutRuntimeCheck ? List.of(SchemaMessage.pair(NO_RUNTIME_CHECK, before)) : List.of();
    }

    /** Compares what the server made with what the backup's files need; late fields are looked at where they are there. */
    public void requireSameIds(CollectionSchema created) {
        Map<String, Long> given = ids(created);
        ids(schema).forEach((field, id) -> {
            boolean later =
                    order.late().stream().anyMatch(late -> late.getName().equals(field) && !given.containsKey(field));
            if (!later) {
                FieldOrder.requireId(database + "." + collection, field, id, given.getOrDefault(field, 0L));
            }
        });
    }

    private static Map<String, Long> ids(CollectionSchema schema) {
        Map<String, Long> ids = new HashMap<>();
        schema.getFieldsList().stream()
                .filter(field -> !FieldOrder.hidden(field))
                .forEach(field -> ids.put(field.getName(), field.getFieldID()));
        for (StructArrayFieldSchema struct : schema.getStructArrayFieldsList()) {
            ids.put(struct.getName(), struct.getFieldID());
            struct.getFieldsList()
                    .forEach(field -> ids.put(struct.getName() + "." + field.getName(), field.getFieldID()));
        }
        return ids;
    }
}
