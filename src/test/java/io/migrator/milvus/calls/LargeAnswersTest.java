package io.migrator.milvus.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers over gRPC that are larger than this process takes: gRPC has one code for them and for "slow down". */
@Timeout(60)
final class LargeAnswersTest {
    private static final int LARGEST = 1 << 20;
    private static final Action ASK = new Action("ask", "it", "", Duration.ofSeconds(10));

    private final AtomicInteger asked = new AtomicInteger();
    private Server server;

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    /** @param length of the answer; below 0 the server says RESOURCE_EXHAUSTED itself */
    private MigratorException fault(int length) throws IOException {
        io.grpc.MethodDescriptor<GetVersionRequest, GetVersionResponse> method =
                io.grpc.MethodDescriptor.<GetVersionRequest, GetVersionResponse>newBuilder()
                        .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("milvus.proto.milvus.MilvusService/GetVersion")
                        .setRequestMarshaller(
                                io.grpc.protobuf.lite.ProtoLiteUtils.marshaller(GetVersionRequest.getDefaultInstance()))
                        .setResponseMarshaller(io.grpc.protobuf.lite.ProtoLiteUtils.marshaller(
                                GetVersionResponse.getDefaultInstance()))
                        .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("milvus.proto.milvus.MilvusService")
                        .addMethod(method, ServerCalls.asyncUnaryCall((request, answer) -> {
                            asked.incrementAndGet();
                            if (length < 0) {
                                answer.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
                            } else {
                                answer.onNext(GetVersionResponse.newBuilder()
                                        .setVersion("x".repeat(length))
                                        .build());
                                answer.onCompleted();
                            }
                        }))
                        .build())
                .build()
                .start();
        MilvusConfig config =
                new MilvusConfig("127.0.0.1", server.getPort(), "", Secret.NONE, Secret.NONE, 0, "", "", "", "", "");
        try (Calls calls = new Calls(Connection.open(config, LARGEST))) {
            calls.ask(
                    ASK,
                    stub -> stub.getVersion(GetVersionRequest.getDefaultInstance()),
                    GetVersionResponse::getStatus);
            return MigratorException.unable(Failure.UNCLASSIFIED, "fail", "it", "it was answered", "");
        } catch (MigratorException e) {
            return e;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LARGEST, 8 * LARGEST})
    void areAskedForOnce(int length) throws IOException {
        MigratorException fault = fault(length);

        assertThat(fault.failure()).isEqualTo(Failure.SERVER_FAILED);
        assertThat(fault).hasMessageContaining("-Xmx");
        assertThat(asked).hasValue(1);
    }

    @Test
    void areNotWhatAServerRefuses() throws IOException {
        assertThat(fault(-1).failure()).isEqualTo(Failure.THROTTLED);
        assertThat(asked.get()).isGreaterThan(1);
    }

    @Test
    void ofTheLargestSizeAreTaken() throws IOException {
        assertThat(fault(LARGEST - 100)).hasMessageContaining("it was answered");
    }
}
