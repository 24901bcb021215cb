package io.migrator.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.config.StorageConfig;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentContent;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentPlace;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.migrator.store.StoredObject;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.PersistentSegmentInfo;
import io.milvus.grpc.SegmentLevel;
import io.milvus.grpc.SegmentState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments of the double: their files in a real bucket, what gRPC says of them and what REST says. */
class FakeMilvusIT {
    @TempDir
    static Path workDir;

    private static S3Lab store;

    @BeforeAll
    static void start() {
        store = S3Lab.lease(workDir);
        store.createBucket("bucket-a");
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
    }

    private static FakeMilvus milvus(String version) {
        return FakeMilvus.start(
                new FakeSettings(version, store.storage(StorageConfig.Side.MILVUS, "bucket-a", "files")));
    }

    /** The place as text in place of rows: what is written is not looked at here. */
    private static SegmentContent content(SegmentPlace place) {
        byte[] body = place.path().getBytes(StandardCharsets.UTF_8);
        return new SegmentContent(
                10,
                Map.of(0L, List.of(body), 1L, List.of(body), 100L, List.of(body, body)),
                List.of(body),
                Map.of(100L, List.of(body)));
    }

    private static List<PersistentSegmentInfo> segments(FakeClient client) {
        return client.stub()
                .getPersistentSegmentInfo(GetPersistentSegmentInfoRequest.newBuilder()
                        .setCollectionName("c")
                        .build())
                .getInfosList();
    }

    @Test
    void writesASegmentsFilesAndTellsOfThem() throws Exception {
        try (FakeMilvus server = milvus("2.6.12");
                FakeClient client = FakeClient.to(server)) {
            CollectionModel collection = server.filling().collection("default", FakeClient.schema("c"));
            SegmentModel made = server.filling().segment(collection, "p", Kind.COLUMN_GROUPS, FakeMilvusIT::content);

            assertThat(segments(client)).singleElement().satisfies(info -> {
                assertThat(info.getSegmentID()).isEqualTo(made.id());
                assertThat(info.getNumRows()).isEqualTo(10);
                assertThat(info.getState()).isEqualTo(SegmentState.Flushed);
                assertThat(info.getLevel()).isEqualTo(SegmentLevel.L1);
                assertThat(info.getStorageVersion()).isEqualTo(2);
                assertThat(info.getIsSorted()).isTrue();
            });
            JsonNode told =
                    describe(server, collection.id(), made.id()).path("data").path("segmentInfos");
            assertThat(told).hasSize(1);
            assertThat(told.get(0).path("vChannel").asText()).isEqualTo(made.channel());
            assertThat(told.get(0).path("insertLogs")).hasSize(3);
            long log =
                    told.get(0).path("insertLogs").get(2).path("logIDs").get(1).asLong();
            assertThat(server.model()
                            .store()
                            .list("files/insert_log/" + made.place().path())
                            .map(StoredObject::key))
                    .hasSize(4)
                    .contains("files/insert_log/" + made.place().path() + "/100/" + log);
        }
    }

    private static JsonNode describe(FakeMilvus server, long collection, long segment) throws Exception {
        String body = "{\"dbName\":\"default\",\"collectionId\":%d,\"segmentIds\":[%d]}".formatted(collection, segment);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.rest() + "/v2/vectordb/segments/describe"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void answersErrorsOverRestWith200() throws Exception {
        try (FakeMilvus server = milvus("2.5.10")) {
            JsonNode answer = describe(server, 4711, 1);

            assertThat(answer.path("code").asInt()).isEqualTo(100);
            assertThat(answer.path("message").asText()).contains("4711");
        }
    }

    @Test
    void hidesWhatOldReleasesDoNotKnow() {
        try (FakeMilvus server = milvus("2.4.3");
                FakeClient client = FakeClient.to(server)) {
            CollectionModel collection = server.filling().collection("default", FakeClient.schema("c"));
            server.filling().segment(collection, "_default", Kind.PLAIN, FakeMilvusIT::content);
            server.filling()
                    .deletesEverywhere(
                            collection, place -> new SegmentContent(0, Map.of(), List.of(new byte[] {1}), Map.of()));

            assertThat(segments(client)).hasSize(2).allSatisfy(info -> {
                assertThat(info.getLevel()).isEqualTo(SegmentLevel.Legacy);
                assertThat(info.getStorageVersion()).isZero();
            });
            assertThat(segments(client)).anyMatch(info -> info.getPartitionID() == -1);
        }
    }

    @Test
    void writesGrowingRowsOnlyWhenFlushed() {
        try (FakeMilvus server = milvus("2.4.15");
                FakeClient client = FakeClient.to(server)) {
            CollectionModel collection = server.filling().collection("default", FakeClient.schema("c"));
            SegmentModel growing =
                    server.filling().growing(collection, "_default", Kind.PLAIN, 10, FakeMilvusIT::content);
            assertThat(segments(client)).isEmpty();

            FlushResponse flush = client.stub()
                    .flush(FlushRequest.newBuilder().addCollectionNames("c").build());

            assertThat(flush.getCollSegIDsOrThrow("c").getDataList()).containsExactly(growing.id());
            assertThat(server.model()
                            .store()
                            .list("files/insert_log/" + growing.place().path()))
                    .isEmpty();
            GetFlushStateRequest question = GetFlushStateRequest.newBuilder()
                    .setCollectionName("c")
                    .addSegmentIDs(growing.id())
                    .setFlushTs(flush.getCollFlushTsOrThrow("c"))
                    .build();
            assertThat(client.stub().getFlushState(question).getFlushed()).isFalse();
            assertThat(client.stub().getFlushState(question).getFlushed()).isTrue();
            assertThat(segments(client)).singleElement().satisfies(info -> assertThat(info.getState())
                    .isEqualTo(SegmentState.Flushed));
            assertThat(server.model()
                            .store()
                            .list("files/insert_log/" + growing.place().path()))
                    .hasSize(4);
        }
    }

    @Test
    void refusesToFillWhatTheServerWouldRefuse() {
        try (FakeMilvus server = milvus("2.4.15")) {
            assertThatThrownBy(() -> server.filling().collection("default", FakeClient.schema("not a name")))
                    .hasMessageContaining("Invalid collection name");
        }
    }
}
