package io.migrator.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.lab.HostileServer;
import io.migrator.lab.HostileServer.Way;
import io.migrator.lab.Tries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    void restAndManagementPortAndGrpc() {
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
        }
    }
}
