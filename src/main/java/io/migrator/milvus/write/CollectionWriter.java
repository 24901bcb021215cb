package io.migrator.milvus.write;

import com.google.protobuf.ByteString;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.KeyValue;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.read.CollectionReader;
import io.migrator.milvus.read.Names;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.milvus.schema.Expiry;
import io.migrator.milvus.schema.NewCollection;
import io.migrator.milvus.schema.SchemaMessage;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.HasCollectionRequest;
import io.milvus.grpc.HasPartitionRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates and drops collections and partitions. The contract is that of {@link io.migrator.milvus.MilvusTarget}. */
final class CollectionWriter {
    private static final Duration SLOW_CALL = Duration.ofMinutes(2);

    private final Calls calls;
    private final Names names;
    private final CollectionReader reader;

    CollectionWriter(Calls calls, Names names, CollectionReader reader) {
        this.calls = calls;
        this.names = names;
        this.reader = reader;
    }

    boolean has(String database, String collection) {
        Action action = Action.collection("look for collection", database, collection);
        BoolResponse answer = calls.tryAsk(
                action,
                stub -> stub.hasCollection(HasCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()),
                BoolResponse::getStatus);
        if (Answers.noCollection(answer.getStatus()) || Answers.noDatabase(answer.getStatus())) {
            return false;
        }
        if (!Answers.ok(answer.getStatus())) {
            throw calls.faults().refused(action, answer.getStatus());
        }
        return answer.getValue();
    }

    void requireCreatable(String database, String collection, CollectionInfo source, @Nullable ByteString raw) {
        NewCollection.of(database, collection, source, raw, names.version());
    }

    void create(
            String database, String collection, CollectionInfo source, @Nullable ByteString raw, LongConsumer made) {
        NewCollection wanted = NewCollection.of(database, collection, source, raw, names.version());
        CreateCollectionRequest request = wanted.request();
        Action action =
                Action.collection("create collection", database, collection).within(SLOW_CALL);
        Status status = calls.tryAsk(action, stub -> stub.createCollection(request), Function.identity());
        if (!Answers.ok(status)) {
            throw Answers.collectionExists(status)
                    ? MigratorException.unable(
                            Failure.CONFLICT,
                            action.verb(),
                            action.thing(),
                            "another collection has that name",
                            "Choose another suffix or rename.")
                    : calls.faults().refused(action, status);
        }
        DescribeCollectionResponse created = describe(database, collection);
        made.accept(created.getCollectionID());
        wanted.requireSameIds(created.getSchema());
    }

    void requireFieldIds(
            String database,
            String collection,
            CollectionInfo source,
            @Nullable ByteString raw,
            CollectionDescription existing) {
        NewCollection.of(database, collection, source, raw, names.version())
                .requireSameIds(SchemaMessage.of(existing.info(), existing.raw()));
    }

    void complete(String database, String collection, CollectionInfo source, @Nullable ByteString raw) {
        NewCollection wanted = NewCollection.of(database, collection, source, raw, names.version());
        if (!wanted.lateFields().isEmpty()) {
            Set<String> there = describe(database, collection).getSchema().getFieldsList().stream()
                    .map(FieldSchema::getName)
                    .collect(Collectors.toSet());
            wanted.lateFields().stream()
                    .filter(field -> !there.contains(field.getName()))
                    .forEach(field -> add(database, collection, field));
            wanted.requireSameIds(describe(database, collection).getSchema());
        }
        if (!wanted.lateProperties().isEmpty()) {
            set(database, collection, wanted.lateProperties());
        }
    }

    void setExpiry(String database, String collection, CollectionInfo source) {
        List<KeyValue> expiry = Expiry.properties(source);
        if (!expiry.isEmpty()) {
            set(database, collection, SchemaMessage.pairs(expiry));
        }
    }

    private void set(String database, String collection, List<KeyValuePair> properties) {
        AlterCollectionRequest request = AlterCollectionRequest.newBuilder()
                .setDbName(database)
                .setCollectionName(collection)
                .addAllProperties(properties)
                .build();
        calls.ask(
                Action.collection("set the properties of", database, collection).within(SLOW_CALL),
                stub -> stub.alterCollection(request));
    }

    private void add(String database, String collection, FieldSchema field) {
        AddCollectionFieldRequest request = AddCollectionFieldRequest.newBuilder()
                .setDbName(database)
                .setCollectionName(collection)
                .setSchema(field.toByteString())
                .build();
        calls.ask(
                Action.collection("add field '" + field.getName() + "' to", database, collection)
                        .within(SLOW_CALL),
                stub -> stub.addCollectionField(request));
    }

    private DescribeCollectionResponse describe(String database, String collection) {
        return calls.ask(
                Action.collection("describe collection", database, collection),
                stub -> stub.describeCollection(DescribeCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()),
                DescribeCollectionResponse::getStatus);
    }

    void drop(String database, String collection) {
        calls.ask(
                Action.collection("drop collection", database, collection).within(SLOW_CALL),
                stub -> stub.dropCollection(DropCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
    }

    void createPartition(String database, String collection, String partition) {
        if (hasPartition(database, collection, partition)) {
            return;
        }
        Action action = Action.collection("create partition '" + partition + "' of", database, collection);
        Status status = calls.tryAsk(
                action,
                stub -> stub.createPartition(CreatePartitionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setPartitionName(partition)
                        .build()),
                Function.identity());
        if (!Answers.ok(status) && !hasPartition(database, collection, partition)) {
            throw calls.faults().refused(action, status);
        }
    }

    boolean hasPartition(String database, String collection, String partition) {
        Action action = Action.collection("look for partition '" + partition + "' of", database, collection);
        BoolResponse answer = calls.tryAsk(
                action,
                stub -> stub.hasPartition(HasPartitionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setPartitionName(partition)
                        .build()),
                BoolResponse::getStatus);
        if (Answers.noCollection(answer.getStatus())) {
            throw reader.missing(database, collection);
        }
        if (!Answers.ok(answer.getStatus())) {
            throw calls.faults().refused(action, answer.getStatus());
        }
        return answer.getValue();
    }
}
