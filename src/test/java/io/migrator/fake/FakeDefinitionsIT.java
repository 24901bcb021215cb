package io.migrator.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.model.CollectionModel;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.FunctionType;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.Status;
import io.milvus.grpc.StructArrayFieldSchema;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the double keeps and changes definitions. */
class FakeDefinitionsIT {
    private static FakeMilvus milvus(String version) {
        return FakeMilvus.start(new FakeSettings(version, FakeClient.noBucket()));
    }

    private static List<Long> ids(CollectionSchema schema) {
        return schema.getFieldsList().stream().map(FieldSchema::getFieldID).toList();
    }

    @Test
    void numbersFieldsByPositionAndStructsBehindMeta() {
        CollectionSchema sent = FakeClient.schema(
                        "c", FakeClient.field("x", DataType.Int64).setFieldID(7))
                .toBuilder()
                .setEnableDynamicField(true)
                .addStructArrayFields(StructArrayFieldSchema.newBuilder()
                        .setName("parts")
                        .addFields(FakeClient.field("size", DataType.Array)
                                .setElementType(DataType.Int32)
                                .addTypeParams(FakeClient.pair("max_capacity", "4")))
                        .addFields(FakeClient.field("shape", DataType.ArrayOfVector)
                                .setElementType(DataType.FloatVector)))
                .build();
        try (FakeMilvus server = milvus("2.6.12");
                FakeClient client = FakeClient.to(server)) {
            assertThat(client.create(sent).getReason()).isEmpty();

            CollectionSchema kept = client.describe("c").getSchema();

            assertThat(ids(kept)).containsExactly(100L, 101L, 102L);
            assertThat(kept.getStructArrayFields(0).getFieldID()).isEqualTo(104);
            assertThat(kept.getStructArrayFields(0).getFieldsList())
                    .extracting(FieldSchema::getFieldID)
                    .containsExactly(105L, 106L);
            CollectionModel model = server.model().requireDatabase("default").require("c");
            assertThat(model.field("$meta"))
                    .hasValueSatisfying(meta -> assertThat(meta.getFieldID()).isEqualTo(103));
        }
    }

    @Test
    void addsFieldsBehindMeta() {
        try (FakeMilvus server = milvus("2.6.4");
                FakeClient client = FakeClient.to(server)) {
            client.create(FakeClient.schema("c").toBuilder()
                    .setEnableDynamicField(true)
                    .build());

            assertThat(add(client, FakeClient.field("plain", DataType.Int64)).getReason())
                    .contains("must be nullable");
            assertThat(add(client, FakeClient.field("late", DataType.Int64).setNullable(true))
                            .getCode())
                    .isZero();

            assertThat(ids(client.describe("c").getSchema())).containsExactly(100L, 101L, 103L);
        }
    }

    private static Status add(FakeClient client, FieldSchema.Builder field) {
        return client.stub()
                .addCollectionField(AddCollectionFieldRequest.newBuilder()
                        .setCollectionName("c")
                        .setSchema(field.build().toByteString())
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"2.6.4, '', 0", "2.6.8, '', 1100", "2.6.8, true, 0", "2.6.8, false, 1100"})
    void asksTheServiceBehindAFunctionUnlessToldNotTo(String version, String disabled, int code) {
        CollectionSchema schema = FakeClient.schema(
                        "c",
                        FakeClient.field("text", DataType.VarChar).addTypeParams(FakeClient.pair("max_length", "100")),
                        FakeClient.field("e", DataType.FloatVector)
                                .setIsFunctionOutput(true)
                                .addTypeParams(FakeClient.pair("dim", "8")))
                .toBuilder()
                .addFunctions(FunctionSchema.newBuilder()
                        .setName("embed")
                        .setType(FunctionType.TextEmbedding)
                        .addInputFieldNames("text")
                        .addOutputFieldNames("e"))
                .build();
        CreateCollectionRequest.Builder request =
                CreateCollectionRequest.newBuilder().setCollectionName("c").setSchema(schema.toByteString());
        if (!disabled.isEmpty()) {
            request.addProperties(FakeClient.pair("disable_func_runtime_check", disabled));
        }
        try (FakeMilvus server = milvus(version);
                FakeClient client = FakeClient.to(server)) {
            assertThat(client.stub().createCollection(request.build()).getCode())
                    .isEqualTo(code);
            if (code == 0) {
                assertThat(client.describe("c").getSchema().getFunctions(0).getOutputFieldIdsList())
                        .containsExactly(103L);
            }
        }
    }

    @Test
    void keepsWhatIsNotInItsProtocolYet() {
        try (FakeMilvus server =
                        FakeMilvus.start(new FakeSettings("2.6.12", FakeClient.noBucket()).extraTypes(Set.of(77)));
                FakeClient client = FakeClient.to(server)) {
            CollectionSchema sent =
                    FakeClient.schema("c", FakeClient.field("x", DataType.Int64).setDataTypeValue(77));
            assertThat(client.create(sent).getReason()).isEmpty();

            assertThat(client.describe("c").getSchema().getFields(2).getDataTypeValue())
                    .isEqualTo(77);
        }
    }

    @Test
    void readsTheDatabaseFromTheHeader() {
        try (FakeMilvus server = milvus("2.5.10");
                FakeClient client = FakeClient.to(server)) {
            server.filling().collection("db1", FakeClient.schema("c"));
            Metadata headers = new Metadata();
            headers.put(Metadata.Key.of("dbname", Metadata.ASCII_STRING_MARSHALLER), "db1");

            var answer = client.stub()
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .describeCollection(DescribeCollectionRequest.newBuilder()
                            .setCollectionName("c")
                            .build());

            assertThat(answer.getDbName()).isEqualTo("db1");
            assertThat(client.describe("c").getStatus().getCode()).isEqualTo(100);
            assertThat(server.log().of("DescribeCollection"))
                    .extracting(entry -> entry.caller().database())
                    .containsExactly("db1", "");
        }
    }

    @Test
    void loadsWhileItIsWatched() {
        FakeSettings settings = new FakeSettings("2.5.10", FakeClient.noBucket()).loadAsks(1);
        try (FakeMilvus server = FakeMilvus.start(settings);
                FakeClient client = FakeClient.to(server)) {
            client.create(FakeClient.schema("c"));
            LoadCollectionRequest load =
                    LoadCollectionRequest.newBuilder().setCollectionName("c").build();
            GetLoadStateRequest state =
                    GetLoadStateRequest.newBuilder().setCollectionName("c").build();
            assertThat(client.stub().loadCollection(load).getCode()).isEqualTo(700);
            client.stub()
                    .createIndex(CreateIndexRequest.newBuilder()
                            .setCollectionName("c")
                            .setFieldName("v")
                            .build());

            assertThat(client.stub().getLoadState(state).getState()).isEqualTo(LoadState.LoadStateNotLoad);
            assertThat(client.stub().loadCollection(load).getCode()).isZero();
            assertThat(client.stub().getLoadState(state).getState()).isEqualTo(LoadState.LoadStateLoading);
            assertThat(client.stub().getLoadState(state).getState()).isEqualTo(LoadState.LoadStateLoaded);
        }
    }

    @Test
    void holdsSixteenThousandCollections() {
        int count = 16_000;
        try (FakeMilvus server = milvus("2.6.12");
                FakeClient client = FakeClient.to(server)) {
            for (int i = 0; i < count; i++) {
                server.filling().collection("default", FakeClient.schema("c" + i));
            }
            assertThat(client.stub()
                            .showCollections(ShowCollectionsRequest.getDefaultInstance())
                            .getCollectionNamesList())
                    .hasSize(count);
            Instant began = Instant.now();
            for (int i = 0; i < count; i += 16) {
                assertThat(client.describe("c" + i).getCollectionID()).isPositive();
            }
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(1));
            assertThat(server.log().count("DescribeCollection")).isEqualTo(count / 16);
        }
    }
}
