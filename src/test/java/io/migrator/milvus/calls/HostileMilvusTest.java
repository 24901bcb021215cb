package io.migrator.milvus.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.FloodingServer;
import io.migrator.lab.HostileServer;
import io.migrator.lab.HostileServer.Way;
import io.migrator.lab.Tries;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.connect.Milvus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every client of Milvus against a server that misbehaves in every way: each call ends soon, and with something to tell. */
final class HostileMilvusTest {
    private static final Duration ANSWER = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final List<AutoCloseable> closing = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : closing) {
            one.close();
        }
    }

    private static MilvusConfig config(int port, int tlsMode) {
        return new MilvusConfig("127.0.0.1", port, "", Secret.NONE, Secret.NONE, tlsMode, "", "", "", "", "");
    }

    @Test
    void restAndManagementPortAndGrpc() throws InterruptedException {
        Action action = new Action("ask", "it", "", ANSWER);
        try (Tries tries = new Tries(40)) {
            for (Way way : Way.values()) {
                HostileServer server = new HostileServer(way);
                closing.add(server);
                RestCalls rest = new RestCalls(config(server.port(), 0));
                tries.begin(way + " rest", LIMIT, () -> {
                    Optional<RestCalls.Answer> answer =
                            rest.post(action, "/v2/x", JsonNodeFactory.instance.objectNode());
                    answer.ifPresent(told -> told.ok());
                });
                tries.begin(way + " management", LIMIT, () -> new ManagementPort(server.url(), ANSWER)
                        .get("ask", "/healthz"));
                Connection connection = Connection.open(config(server.port(), 0));
                closing.add(connection);
                Calls calls = new Calls(connection);
                tries.begin(
                        way + " grpc",
                        LIMIT,
                        () -> calls.askOnce(
                                action,
                                stub -> stub.getVersion(io.milvus.grpc.GetVersionRequest.getDefaultInstance()),
                                io.milvus.grpc.GetVersionResponse::getStatus));
            }
            HostileServer silent = new HostileServer(Way.SILENT);
            closing.add(silent);
            RestCalls secured = new RestCalls(config(silent.port(), 1));
            tries.begin(
                    "silence in place of TLS, rest",
                    LIMIT,
                    () -> secured.post(action, "/v2/x", JsonNodeFactory.instance.objectNode()));
            assertThat(tries.faults()).isEmpty();
            assertThat(tries.threadsAtWork(HostileMilvusTest.class)).isEmpty();
        }
    }

    /** Frames without an end to them, of headers that never come together: taken, they keep a processor busy or fill the memory. */
    @Test
    void hangsUpOnAFloodOfHeaders() throws Exception {
        byte[] indexed = new byte[1000];
        java.util.Arrays.fill(indexed, (byte) 0x88);
        for (byte[] piece : List.of(new byte[0], indexed)) {
            FloodingServer server = new FloodingServer(piece);
            closing.add(server);
            Connection connection = Connection.open(config(server.port(), 0));
            closing.add(connection);
            Action action = new Action("ask", "it", "", Duration.ofSeconds(2));
            try (Calls calls = new Calls(connection)) {
                assertThatThrownBy(() -> calls.askOnce(
                                action,
                                stub -> stub.getVersion(io.milvus.grpc.GetVersionRequest.getDefaultInstance()),
                                io.milvus.grpc.GetVersionResponse::getStatus))
                        .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                                .isIn(Failure.UNREACHABLE, Failure.THROTTLED));
                assertThat(server.taken().get(20, TimeUnit.SECONDS)).isLessThan(FloodingServer.MOST);
            }
        }
    }

    @Test
    void saysThatTheOtherSideSpeaksNoTls() {
        HostileServer server = new HostileServer(Way.OTHER_PROTOCOL);
        closing.add(server);

        try (MilvusSource source = Milvus.source(config(server.port(), 1))) {
            assertThatThrownBy(source::version)
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.UNREACHABLE))
                    .hasMessageContaining("no agreement on TLS (not an SSL/TLS record")
                    .hasMessageContaining("milvus.tlsMode");
        }
    }
}
