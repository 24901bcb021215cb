package io.migrator.fake;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.migrator.config.MilvusConfig;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.BackupRBACMetaRequest;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeDatabaseRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetPartitionStatisticsRequest;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.HasCollectionRequest;
import io.milvus.grpc.HasPartitionRequest;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Calls to a server that is empty at first, and what it answered, without what differs from server to server. */
@SuppressWarnings("deprecation") // the old codes are part of the answer
final class SameCalls {
    private static final String OF_THIS_SERVER = "status|.*[tT]imestamps?|.*IDs?|.*Ids|ids|.*channel_names"
            + "|start_positions|coll_.*|channel_cps|stats|collection_ids";

    /** Each part of 2.2 puts its own words before the words of the part it asked. */
    private static final String WRAPPING_OF_22 =
            "(ShowPartitions|ShowCollections) failed: |getCollectionID failed, err:|code: \\w+, reason: ";

    private final FakeClient client;
    private final Map<String, String> answers = new LinkedHashMap<>();

    private SameCalls(FakeClient client) {
        this.client = client;
    }

    /** What the server answered, by what it was asked. */
    static Map<String, String> to(MilvusConfig server) {
        try (FakeClient client = FakeClient.to(server)) {
            SameCalls calls = new SameCalls(client);
            calls.absent();
            calls.refusedDefinitions();
            calls.definitions();
            calls.databases();
            new SameIndexCalls(calls).run();
            calls.flushes();
            return calls.answers;
        }
    }

    void ask(String what, Function<MilvusServiceBlockingStub, ? extends Message> call) {
        answers.put(what, answer(call));
    }

    private String answer(Function<MilvusServiceBlockingStub, ? extends Message> call) {
        try {
            Message answer = call.apply(client.stub());
            if (answer instanceof Status status) {
                return text(status);
            }
            Status status =
                    (Status) answer.getField(answer.getDescriptorForType().findFieldByName("status"));
            StringBuilder text = new StringBuilder(text(status));
            answer.getAllFields().forEach((field, value) -> {
                if (!field.getName().matches(OF_THIS_SERVER)) {
                    text.append(' ').append(field.getName()).append('=').append(sorted(value));
                }
            });
            return text.toString();
        } catch (StatusRuntimeException e) {
            return "gRPC " + e.getStatus().getCode();
        }
    }

    /** Indexes come in any order, and other lists lose nothing by being sorted on both sides. */
    private static String sorted(Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .map(each -> neutral(each.toString()))
                        .sorted()
                        .toList()
                        .toString()
                : neutral(value.toString());
    }

    private static String text(Status status) {
        return status.getErrorCode() + " " + status.getCode() + " " + neutral(status.getReason());
    }

    private static String neutral(String text) {
        return text.replaceAll("\\d{15,}", "ID").replaceAll("\\s+", " ").replaceAll(WRAPPING_OF_22, "");
    }

    private void absent() {
        ask("describe absent", stub -> stub.describeCollection(describe("nope")));
        ask(
                "has absent",
                stub -> stub.hasCollection(HasCollectionRequest.newBuilder()
                        .setCollectionName("nope")
                        .build()));
        ask("drop absent", stub -> stub.dropCollection(drop("nope")));
        ask("partitions absent", stub -> stub.showPartitions(partitions("nope")));
        ask(
                "flush absent",
                stub -> stub.flush(
                        FlushRequest.newBuilder().addCollectionNames("nope").build()));
        ask("segments absent", stub -> stub.getPersistentSegmentInfo(segments("nope")));
        ask(
                "show absent database",
                stub -> stub.showCollections(
                        ShowCollectionsRequest.newBuilder().setDbName("nope").build()));
        ask("describe database", stub -> stub.describeDatabase(DescribeDatabaseRequest.getDefaultInstance()));
        ask("rbac", stub -> stub.backupRBAC(BackupRBACMetaRequest.getDefaultInstance()));
    }

    void create(String what, CreateCollectionRequest.Builder request) {
        ask(what, stub -> stub.createCollection(request.build()));
    }

    static CreateCollectionRequest.Builder request(CollectionSchema schema) {
        return CreateCollectionRequest.newBuilder()
                .setCollectionName(schema.getName())
                .setSchema(schema.toByteString());
    }

    private static CreateCollectionRequest.Builder request(String name, FieldSchema.Builder... more) {
        return request(FakeClient.schema(name, more));
    }

    private void refusedDefinitions() {
        create("wrong name", request("c").setCollectionName("other"));
        create("no name", request("c").setCollectionName(""));
        create("bad name", request("a-b"));
        create("name with a digit", request("1a"));
        create("num_partitions without key", request("np").setNumPartitions(3));
        create("two vectors", request("tv", vector("w", "4")));
        create(
                "no vector",
                request(FakeClient.schema("nv").toBuilder().removeFields(1).build()));
        create(
                "no key",
                request(FakeClient.schema("nk").toBuilder().removeFields(0).build()));
        create("twice a name", request("tn", FakeClient.field("id", DataType.Int8)));
        create("no length", request("nl", FakeClient.field("s", DataType.VarChar)));
        create("no dimension", ofVector("nd", FakeClient.field("v", DataType.FloatVector)));
        create("too many dimensions", ofVector("nd", vector("v", "99999")));
        create(
                "unknown type",
                request("ut", FakeClient.field("x", DataType.Int8).setDataTypeValue(99)));
        create("sparse vector", ofVector("sv", FakeClient.field("v", DataType.SparseFloatVector)));
        create("too many shards", request("ms").setShardsNum(99));
        create(
                "bytes that are no schema",
                CreateCollectionRequest.newBuilder()
                        .setCollectionName("c2")
                        .setSchema(ByteString.copyFromUtf8("nonsense")));
    }

    private static FieldSchema.Builder vector(String name, String dim) {
        return FakeClient.field(name, DataType.FloatVector).addTypeParams(FakeClient.pair("dim", dim));
    }

    private static CreateCollectionRequest.Builder ofVector(String name, FieldSchema.Builder vector) {
        return request(FakeClient.schema(name).toBuilder().setFields(1, vector).build());
    }

    private void definitions() {
        CollectionSchema plain = FakeClient.schema(
                "c",
                FakeClient.field("s", DataType.VarChar).addTypeParams(FakeClient.pair("max_length", "20")),
                FakeClient.field("swapped", DataType.Int8).setFieldID(100));
        CreateCollectionRequest.Builder dynamic = request(plain.toBuilder()
                        .setEnableDynamicField(true)
                        .setDescription("about")
                        .build())
                .setShardsNum(2)
                .addProperties(FakeClient.pair("collection.ttl.seconds", "3600"));
        create("create", dynamic);
        create("create again", dynamic);
        create("create otherwise", request(plain));
        ask("describe", stub -> stub.describeCollection(describe("c")));
        create("nullable", request("nu", FakeClient.field("n", DataType.Int8).setNullable(true)));
        ask("describe nullable", stub -> stub.describeCollection(describe("nu")));
        create(
                "partition key",
                request("pk", FakeClient.field("t", DataType.Int64).setIsPartitionKey(true))
                        .setNumPartitions(3));
        ask("describe keyed", stub -> stub.describeCollection(describe("pk")));
        ask("partitions keyed", stub -> stub.showPartitions(partitions("pk")));
        ask("create partition keyed", stub -> stub.createPartition(partition("pk", "p")));
        ask("create partition", stub -> stub.createPartition(partition("c", "p")));
        ask("create partition again", stub -> stub.createPartition(partition("c", "p")));
        ask("has partition", stub -> stub.hasPartition(hasPartition("c", "p")));
        ask("has no partition", stub -> stub.hasPartition(hasPartition("c", "q")));
        ask("partitions", stub -> stub.showPartitions(partitions("c")));
        ask(
                "statistics of no partition",
                stub -> stub.getPartitionStatistics(GetPartitionStatisticsRequest.newBuilder()
                        .setCollectionName("c")
                        .setPartitionName("q")
                        .build()));
        ask(
                "alter",
                stub -> stub.alterCollection(AlterCollectionRequest.newBuilder()
                        .setCollectionName("c")
                        .addProperties(FakeClient.pair("collection.ttl.seconds", "60"))
                        .build()));
        ask("describe altered", stub -> stub.describeCollection(describe("c")));
    }

    private void databases() {
        CreateDatabaseRequest create =
                CreateDatabaseRequest.newBuilder().setDbName("d").build();
        DropDatabaseRequest drop =
                DropDatabaseRequest.newBuilder().setDbName("d").build();
        ask("create database", stub -> stub.createDatabase(create));
        ask("create database again", stub -> stub.createDatabase(create));
        ask("databases", stub -> stub.listDatabases(ListDatabasesRequest.getDefaultInstance()));
        ask("drop database", stub -> stub.dropDatabase(drop));
        ask("drop database again", stub -> stub.dropDatabase(drop));
        ask(
                "drop default",
                stub -> stub.dropDatabase(
                        DropDatabaseRequest.newBuilder().setDbName("default").build()));
    }

    private void flushes() {
        ask("flush nothing", stub -> stub.flush(FlushRequest.getDefaultInstance()));
        ask(
                "flush",
                stub -> stub.flush(
                        FlushRequest.newBuilder().addCollectionNames("c").build()));
        ask(
                "flush state of no segment",
                stub -> stub.getFlushState(
                        GetFlushStateRequest.newBuilder().addSegmentIDs(42).build()));
        ask("segments", stub -> stub.getPersistentSegmentInfo(segments("c")));
        ask("drop", stub -> stub.dropCollection(drop("c")));
    }

    static DescribeCollectionRequest describe(String collection) {
        return DescribeCollectionRequest.newBuilder()
                .setCollectionName(collection)
                .build();
    }

    static DropCollectionRequest drop(String collection) {
        return DropCollectionRequest.newBuilder().setCollectionName(collection).build();
    }

    private static ShowPartitionsRequest partitions(String collection) {
        return ShowPartitionsRequest.newBuilder().setCollectionName(collection).build();
    }

    private static CreatePartitionRequest partition(String collection, String name) {
        return CreatePartitionRequest.newBuilder()
                .setCollectionName(collection)
                .setPartitionName(name)
                .build();
    }

    private static HasPartitionRequest hasPartition(String collection, String name) {
        return HasPartitionRequest.newBuilder()
                .setCollectionName(collection)
                .setPartitionName(name)
                .build();
    }

    private static GetPersistentSegmentInfoRequest segments(String collection) {
        return GetPersistentSegmentInfoRequest.newBuilder()
                .setCollectionName(collection)
                .build();
    }
}
