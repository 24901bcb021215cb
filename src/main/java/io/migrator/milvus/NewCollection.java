package io.migrator.milvus;

import com.google.protobuf.ByteString;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.FieldInfo;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.FieldSchema;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request that creates a backed-up collection again. Servers ignore the field ids they are sent and number the
 * fields 100, 101, ... by position, the hidden dynamic field last; an import finds a field's files by its id. So the ids
 * must come out as they were in the source, which this checks before anything is created.
 */
final class NewCollection {
    private static final String DYNAMIC_FIELD = "$meta";
    private static final long FIRST_FIELD_ID = 100;

    private NewCollection() {}

    static CreateCollectionRequest request(
            String database, String collection, CollectionInfo source, @Nullable ByteString raw) {
        CollectionSchema kept = SchemaMessage.of(source, raw);
        List<FieldSchema> fields = listedFields(kept);
        requireGapless(database, collection, kept, fields);
        CollectionSchema schema = kept.toBuilder()
                .setName(collection)
                .clearDbName()
                .clearFields()
                .addAllFields(fields)
                .build();
        CreateCollectionRequest.Builder request = CreateCollectionRequest.newBuilder()
                .setDbName(database)
                .setCollectionName(collection)
                .setSchema(schema.toByteString())
                .setShardsNum(source.shards())
                .setConsistencyLevelValue(source.consistencyLevel())
                .addAllProperties(SchemaMessage.pairs(source.properties()));
        if (fields.stream().anyMatch(FieldSchema::getIsPartitionKey)) {
            request.setNumPartitions(source.partitions().size());
        }
        return request.build();
    }

    /** Without the dynamic field, which the server adds itself; in the order in which they were numbered. */
    private static List<FieldSchema> listedFields(CollectionSchema schema) {
        return schema.getFieldsList().stream()
                .filter(field -> !hidden(field))
                .sorted(Comparator.comparingLong(FieldSchema::getFieldID))
                .toList();
    }

    private static boolean hidden(FieldSchema field) {
        return field.getIsDynamic() || field.getName().equals(DYNAMIC_FIELD);
    }

    private static void requireGapless(
            String database, String collection, CollectionSchema kept, List<FieldSchema> fields) {
        long expected = FIRST_FIELD_ID;
        for (FieldSchema field : fields) {
            requireId(database, collection, field.getName(), field.getFieldID(), expected++);
        }
        for (FieldSchema field : kept.getFieldsList()) {
            if (hidden(field)) {
                requireId(database, collection, field.getName(), field.getFieldID(), expected);
            }
        }
    }

    /** Compares what the server made with what the backup's files need. */
    static void requireSameIds(String database, String collection, CollectionInfo source, CollectionInfo created) {
        var ids = created.schema().fields();
        var wanted = source.schema().fields().stream()
                .filter(field -> !field.dynamic() && !field.name().equals(DYNAMIC_FIELD))
                .toList();
        for (var field : wanted) {
            long given = ids.stream()
                    .filter(other -> other.name().equals(field.name()))
                    .mapToLong(FieldInfo::fieldId)
                    .findFirst()
                    .orElse(0);
            requireId(database, collection, field.name(), field.fieldId(), given);
        }
    }

    private static void requireId(String database, String collection, String field, long source, long target) {
        if (source != target) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "create collection",
                    database + "." + collection,
                    "field '" + field + "' has id " + source + " in the backup and would get " + target
                            + ", and an import finds a field's files by its id"
                            + " (fields were added to or dropped from the source collection)",
                    "Copy the collection's rows into a new collection at the source and back that up.");
        }
    }
}
