package io.migrator.store.azure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.store.ObjectStore;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Blocks that are not what was asked for. */
final class AzureBlocksTest {
    @Test
    void refusesABlockFromElsewhere() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"e\"");
            exchange.getResponseHeaders().set("Content-Range", "bytes 2-11/10");
            exchange.sendResponseHeaders(206, 10);
            exchange.getResponseBody().write(new byte[10]);
            exchange.close();
        });
        server.start();
        StorageConfig config = new StorageConfig(
                StorageConfig.Side.VAULT,
                StorageType.AZURE,
                "127.0.0.1",
                server.getAddress().getPort(),
                "",
                new Secret("account"),
                new Secret("a2V5"),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                "bucket",
                "",
                500);
        Deadlines deadlines = new Deadlines(Duration.ofSeconds(5), Duration.ofSeconds(5));
        Retry once = new Retry(1, Duration.ofMillis(1), Duration.ofSeconds(5));
        try (ObjectStore store = AzureStores.open(config, deadlines, once, once)) {
            assertThatThrownBy(() -> store.open("a"))
                    .hasMessageContaining("asked for bytes from 0 on it sends bytes 2-11/10");
        } finally {
            server.stop(0);
        }
    }
}
