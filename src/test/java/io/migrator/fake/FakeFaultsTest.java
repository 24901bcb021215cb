package io.migrator.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.migrator.fake.model.Refusal;
import io.migrator.fake.rpc.Fault;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.Status.Code;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a test can let go wrong at the double. */
@SuppressWarnings("deprecation") // the old codes are part of the answer
class FakeFaultsTest {
    private FakeMilvus server;
    private FakeClient client;

    @BeforeEach
    void start() {
        server = FakeMilvus.start(new FakeSettings("2.5.10", FakeClient.noBucket()).limits(Map.of("Flush", 2.0)));
        client = FakeClient.to(server);
        client.create(FakeClient.schema("c"));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Status createPartition(String name) {
        return client.stub()
                .createPartition(CreatePartitionRequest.newBuilder()
                        .setCollectionName("c")
                        .setPartitionName(name)
                        .build());
    }

    private static void isUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, fault -> assertThat(
                        fault.getStatus().getCode())
                .isEqualTo(Code.UNAVAILABLE));
    }

    private boolean hasPartition(String name) {
        return server.model()
                .requireDatabase("default")
                .require("c")
                .partition(name)
                .isPresent();
    }

    @Test
    void cutsTheConnectionBeforeOrAfterTheCallIsDone() {
        server.faults().next("CreatePartition", new Fault.DropBefore(), new Fault.DropAfter());

        isUnavailable(() -> createPartition("before"));
        isUnavailable(() -> createPartition("after"));

        assertThat(hasPartition("before")).isFalse();
        assertThat(hasPartition("after")).isTrue();
        assertThat(createPartition("later").getCode()).isZero();
        assertThat(server.log().count("CreatePartition")).isEqualTo(3);
    }

    @Test
    void answersWhatItIsTold() {
        server.faults()
                .next(
                        "GetPersistentSegmentInfo",
                        new Fault.Refuse(Refusal.noSegment(7)),
                        new Fault.Break(io.milvus.shaded.io.grpc.Status.RESOURCE_EXHAUSTED),
                        new Fault.Delay(Duration.ofMillis(300)));
        GetPersistentSegmentInfoRequest question = GetPersistentSegmentInfoRequest.newBuilder()
                .setCollectionName("c")
                .build();

        assertThat(client.stub().getPersistentSegmentInfo(question).getStatus().getReason())
                .contains("segment not found");
        assertThatThrownBy(() -> client.stub().getPersistentSegmentInfo(question))
                .hasMessageContaining("RESOURCE_EXHAUSTED");
        Instant began = Instant.now();
        assertThat(client.stub().getPersistentSegmentInfo(question).getStatus().getCode())
                .isZero();
        assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofMillis(290));
    }

    @Test
    void limitsTheRate() {
        FlushRequest flush = FlushRequest.newBuilder().addCollectionNames("c").build();

        List<Status> answers = IntStream.range(0, 4)
                .mapToObj(i -> client.stub().flush(flush).getStatus())
                .toList();

        assertThat(answers).extracting(Status::getCode).startsWith(0, 0).contains(8);
        assertThat(answers).extracting(Status::getErrorCode).contains(ErrorCode.RateLimit);
    }

    @Test
    void isNotReadyForAWhile() {
        server.setReady(false);
        assertThat(createPartition("p").getCode()).isEqualTo(1);
        assertThat(createPartition("p").getErrorCode()).isEqualTo(ErrorCode.NotReadyServe);

        server.setReady(true);
        assertThat(createPartition("p").getCode()).isZero();
    }

    @Test
    void cutsAllConnections() {
        client.stub().getVersion(GetVersionRequest.getDefaultInstance());

        server.cutConnections();

        await().ignoreExceptions().untilAsserted(() -> assertThat(client.stub()
                        .getVersion(GetVersionRequest.getDefaultInstance())
                        .getVersion())
                .isEqualTo("v2.5.10"));
    }

    @Test
    void logsWhoAskedWhat() {
        createPartition("p");

        assertThat(server.log().messages(CreatePartitionRequest.class))
                .extracting(CreatePartitionRequest::getPartitionName)
                .containsExactly("p");
        assertThat(server.log().of("CreatePartition").get(0).caller().database())
                .isEmpty();
    }
}
