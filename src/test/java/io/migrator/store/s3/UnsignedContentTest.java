package io.migrator.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.migrator.config.Encryption;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.store.ContentMd5;
import io.migrator.store.ObjectStore;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket whose policy wants each content signed, over plain HTTP as well. */
class UnsignedContentTest {
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    private final List<String> signatures = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void isSignedFromNowOnWhereItIsRefused(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, status));
        server.start();
        try (ObjectStore store = open(server.getAddress().getPort())) {
            for (int i = 0; i < 2; i++) {
                store.write(
                        "k" + i,
                        new ByteArrayInputStream(CONTENT),
                        CONTENT.length,
                        new ComputedMd5(ContentDigest.of(CONTENT, Checksum.MD5)));
            }
        } finally {
            server.stop(0);
        }
        assertThat(signatures).hasSize(3).startsWith(UNSIGNED);
        assertThat(signatures.subList(1, 3)).doesNotContain(UNSIGNED);
    }

    /** As of a content that was digested while it was read. */
    private record ComputedMd5(Checksum value) implements ContentMd5 {
        @Override
        public boolean isOnlyTold() {
            return false;
        }

        @Override
        public void require(Checksum sent) {
            assertThat(sent).isEqualTo(value);
        }
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String signature = String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
        boolean put = exchange.getRequestMethod().equals("PUT");
        if (put) {
            signatures.add(signature);
        }
        exchange.getResponseHeaders().add("ETag", "\"9a0364b9e99bb480dd25e1f0284c8555\"");
        if (put && signature.equals(UNSIGNED)) {
            byte[] text = "<Error><Code>%s</Code></Error>"
                    .formatted(status == 403 ? "AccessDenied" : "InvalidRequest")
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/xml");
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        } else {
            exchange.sendResponseHeaders(put ? 200 : 404, -1);
        }
        exchange.close();
    }

    static ObjectStore open(int port) {
        Retry once = new Retry(1, Duration.ofMillis(1), Duration.ofMinutes(1));
        StorageConfig config = new StorageConfig(
                StorageConfig.Side.VAULT,
                StorageType.MINIO,
                "127.0.0.1",
                port,
                "us-east-1",
                new Secret("account"),
                new Secret("a2V5"),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                "bucket",
                "backup",
                500,
                "",
                Encryption.NONE);
        return S3Stores.open(config, Deadlines.usual(), once, once);
    }
}
