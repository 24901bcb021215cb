package io.migrator.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.BackupRBACMetaRequest;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DescribeDatabaseRequest;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.FlushAllRequest;
import io.milvus.grpc.FlushAllResponse;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.Status.Code;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which release knows which call, as the facts on the servers' sources have it. */
@SuppressWarnings("deprecation") // the old codes are part of the answer
class FakeReleasesTest {
    @ParameterizedTest
    @CsvSource({
        // version, Connect, databases, DescribeDatabase, BackupRBAC, AddCollectionField, FlushAll, ListAliases
        "2.2.6,  false, false, false, false, false, false, false",
        "2.2.8,  false, true,  false, false, false, false, false",
        "2.2.16, true,  true,  false, false, false, true,  false",
        "2.3.5,  true,  true,  false, false, false, true,  true",
        "2.4.2,  true,  true,  false, false, false, true,  true",
        "2.4.15, true,  true,  true,  true,  false, true,  true",
        "2.5.10, true,  true,  true,  true,  false, true,  true",
        "2.6.4,  true,  true,  true,  true,  true,  true,  true",
        "2.6,    true,  true,  true,  true,  true,  true,  true",
    })
    void answersOnlyWhatTheReleaseHas(
            String version,
            boolean connect,
            boolean databases,
            boolean describeDatabase,
            boolean backupRbac,
            boolean addField,
            boolean flushAll,
            boolean listAliases) {
        try (FakeMilvus server = FakeMilvus.start(new FakeSettings(version, FakeClient.noBucket()));
                FakeClient client = FakeClient.to(server)) {
            assertThat(client.stub()
                            .getVersion(GetVersionRequest.getDefaultInstance())
                            .getVersion())
                    .contains(version);
            knows(client, connect, stub -> stub.connect(ConnectRequest.getDefaultInstance()));
            knows(client, databases, stub -> stub.listDatabases(ListDatabasesRequest.getDefaultInstance()));
            knows(
                    client,
                    describeDatabase,
                    stub -> stub.describeDatabase(DescribeDatabaseRequest.getDefaultInstance()));
            knows(client, backupRbac, stub -> stub.backupRBAC(BackupRBACMetaRequest.getDefaultInstance()));
            knows(client, addField, stub -> stub.addCollectionField(AddCollectionFieldRequest.getDefaultInstance()));
            knows(client, flushAll, stub -> stub.flushAll(FlushAllRequest.getDefaultInstance()));
            knows(client, listAliases, stub -> stub.listAliases(ListAliasesRequest.getDefaultInstance()));
            assertThat(server.log().counts()).containsEntry("Connect", 1).containsEntry("GetVersion", 1);
        }
    }

    private static void knows(FakeClient client, boolean known, Consumer<MilvusServiceBlockingStub> call) {
        Code code = Code.OK;
        try {
            call.accept(client.stub());
        } catch (StatusRuntimeException e) {
            code = e.getStatus().getCode();
        }
        assertThat(code).isEqualTo(known ? Code.OK : Code.UNIMPLEMENTED);
    }

    @ParameterizedTest
    @CsvSource({"2.2.16, 0", "2.3.5, 100", "2.6.12, 100"})
    void setsTheNewCodeFrom23On(String version, int code) {
        try (FakeMilvus server = FakeMilvus.start(new FakeSettings(version, FakeClient.noBucket()));
                FakeClient client = FakeClient.to(server)) {
            Status status = client.describe("nobody").getStatus();

            assertThat(status.getCode()).isEqualTo(code);
            assertThat(status.getErrorCode()).isEqualTo(ErrorCode.UnexpectedError);
            assertThat(status.getReason()).contains("can't find collection").contains("nobody");
        }
    }

    @ParameterizedTest
    @CsvSource({"2.4.2, 0", "2.4.3, 2"})
    void givesChannelCheckpointsFrom243On(String version, int checkpoints) {
        try (FakeMilvus server = FakeMilvus.start(new FakeSettings(version, FakeClient.noBucket()));
                FakeClient client = FakeClient.to(server)) {
            server.filling().collection("default", FakeClient.schema("c"), request -> request.setShardsNum(2));

            var flushed = client.stub()
                    .flush(FlushRequest.newBuilder().addCollectionNames("c").build());

            assertThat(flushed.getChannelCpsMap()).hasSize(checkpoints);
            assertThat(flushed.getCollFlushTsMap()).containsKey("c");
        }
    }

    @ParameterizedTest
    @CsvSource({"2.6.10, false", "2.6.11, true"})
    void flushesAllByChannelFrom2611On(String version, boolean byChannel) {
        try (FakeMilvus server = FakeMilvus.start(new FakeSettings(version, FakeClient.noBucket()));
                FakeClient client = FakeClient.to(server)) {
            FlushAllResponse all = client.stub().flushAll(FlushAllRequest.getDefaultInstance());

            assertThat(all.getFlushAllMsgsMap().isEmpty()).isEqualTo(!byChannel);
            assertThat(all.getFlushAllTs() > 0).isEqualTo(!byChannel);
            all.getFlushAllMsgsMap().values().forEach(message -> assertThat(
                            Long.parseLong(message.getPropertiesOrThrow("_tt"), 36) >>> 18)
                    .isCloseTo(System.currentTimeMillis(), org.assertj.core.data.Offset.offset(60_000L)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2.3.5,  404, 404, 404",
        "2.4.15, 200, 404, 200",
        "2.5.7,  200, 404, 200",
        "2.5.10, 200, 200, 200",
        "2.6.12, 200, 200, 200",
    })
    void hasTheRoutesOfTheRelease(String version, int imports, int segments, int gc) throws Exception {
        try (FakeMilvus server = FakeMilvus.start(new FakeSettings(version, FakeClient.noBucket()))) {
            assertThat(post(server.rest() + "/v2/vectordb/jobs/import/list").statusCode())
                    .isEqualTo(imports);
            assertThat(post(server.rest() + "/v2/vectordb/segments/describe").statusCode())
                    .isEqualTo(segments);
            assertThat(get(server.management() + "/management/datacoord/garbage_collection/pause?pause_seconds=60")
                            .statusCode())
                    .isEqualTo(gc);
            assertThat(get(server.management() + "/healthz").body()).isEqualTo("OK");
        }
    }

    @ParameterizedTest
    @CsvSource({"2.6.4, false", "2.6.8, true"})
    void wantsTheTicketBackWhereItGaveOne(String version, boolean tickets) throws Exception {
        try (FakeMilvus server = FakeMilvus.start(new FakeSettings(version, FakeClient.noBucket()))) {
            String gc = server.management() + "/management/datacoord/garbage_collection/";

            String paused = get(gc + "pause?pause_seconds=60&collection_id=7").body();

            assertThat(paused.contains("ticket")).isEqualTo(tickets);
            assertThat(server.managementService().pauses()).hasSize(1);
            assertThat(get(gc + "resume").statusCode()).isEqualTo(tickets ? 500 : 200);
            if (tickets) {
                String ticket = paused.replaceAll(".*\"ticket\": \"(\\d+)\".*", "$1");
                assertThat(get(gc + "resume?ticket=" + ticket).statusCode()).isEqualTo(200);
            }
            assertThat(server.managementService().pauses()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"2.4.15, 1100", "2.6.12, 1100"})
    void refusesFieldsThatTheReleaseDoesNotKnow(String version, int code) {
        try (FakeMilvus server = FakeMilvus.start(new FakeSettings(version, FakeClient.noBucket()));
                FakeClient client = FakeClient.to(server)) {
            Status status = client.create(
                    FakeClient.schema("c", FakeClient.field("x", DataType.Int64).setDataTypeValue(99)));

            assertThat(status.getCode()).isEqualTo(code);
            assertThat(status.getErrorCode()).isEqualTo(ErrorCode.IllegalArgument);
        }
    }

    private static HttpResponse<String> post(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
