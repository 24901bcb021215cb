package io.migrator.store.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.lab.StandIn;
import io.migrator.store.Faults;
import io.migrator.store.ObjectStore;
import io.migrator.store.azure.AzureStores;
import io.migrator.store.gcs.GcsStores;
import io.migrator.store.s3.S3Stores;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written and read in large pieces has time for its bytes, on whatever store. */
final class SlowWritesTest {
    private static final Duration ANSWER = Duration.ofMillis(500);
    private static final int LARGE = 6 << 20;
    private static final int BLOCK = 4 << 20;
    private static final Retry ONCE = new Retry(1, Duration.ofMillis(1), Duration.ofMinutes(1));

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static HttpServer server;
    private static StandIn tokens;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", SlowWritesTest::answer);
        server.setExecutor(THREADS);
        server.start();
        tokens = new StandIn()
                .answering(
                        "GET /computeMetadata/v1/instance/service-accounts/default/token",
                        "{\"access_token\":\"t\",\"expires_in\":3600}");
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        tokens.close();
        THREADS.shutdownNow();
    }

    /** A write is answered late, as where its bytes are still on their way; content comes in pieces. */
    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("ETag", "\"stand-in\"");
            exchange.getResponseHeaders().set("Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT");
            exchange.getResponseHeaders().set("x-ms-blob-type", "BlockBlob");
            if (exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Content-Range", "bytes 0-%d/%d".formatted(BLOCK - 1, BLOCK));
                exchange.sendResponseHeaders(206, BLOCK);
                OutputStream out = exchange.getResponseBody();
                for (int i = 0; i < 4; i++) {
                    out.write(new byte[BLOCK / 4]);
                    out.flush();
                    pause(ANSWER.dividedBy(3));
                }
                return;
            }
            pause(ANSWER.multipliedBy(7).dividedBy(5));
            boolean google = exchange.getRequestURI().getPath().contains("/storage/v1");
            byte[] body = google
                    ? "{\"kind\":\"storage#object\",\"name\":\"a\",\"bucket\":\"bucket\",\"size\":\"1\",\"generation\":\"1\"}"
                            .getBytes(UTF_8)
                    : new byte[0];
            exchange.getResponseHeaders().set("Content-Type", google ? "application/json" : "application/xml");
            boolean azure = exchange.getRequestURI().getPath().startsWith("/account/");
            exchange.sendResponseHeaders(azure ? 201 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectStore open(StorageType type) {
        boolean google = type == StorageType.GCPNATIVE;
        StorageConfig config = new StorageConfig(
                StorageConfig.Side.VAULT,
                type,
                "127.0.0.1",
                server.getAddress().getPort(),
                "",
                new Secret("account"),
                new Secret("a2V5"),
                Secret.NONE,
                Secret.NONE,
                false,
                google,
                google ? tokens.url() : "",
                "bucket",
                "backup",
                500);
        Deadlines deadlines = new Deadlines(ANSWER, ANSWER);
        return switch (type) {
            case AZURE -> AzureStores.open(config, deadlines, ONCE, ONCE);
            case GCPNATIVE -> GcsStores.open(config, deadlines, ONCE, ONCE);
            default -> S3Stores.open(config, deadlines, ONCE, ONCE);
        };
    }

    @ParameterizedTest
    @EnumSource(value = StorageType.class, mode = EnumSource.Mode.MATCH_ALL, names = "S3|AZURE|GCPNATIVE")
    void aLargeWriteHasTimeForItsBytes(StorageType type) {
        try (ObjectStore store = open(type)) {
            store.write("a", new byte[LARGE]);
            assertThatThrownBy(() -> store.write("a", new byte[1])).satisfies(Faults.are(Failure.UNREACHABLE));
        }
    }

    @Test
    void aLargeBlockHasTimeForItsBytes() {
        try (ObjectStore store = open(StorageType.AZURE)) {
            assertThat(store.read("a", BLOCK)).hasSize(BLOCK);
        }
    }
}
