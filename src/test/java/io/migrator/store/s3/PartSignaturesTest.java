package io.migrator.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.migrator.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over plain HTTP a part is signed over every byte unless the server says that it compared its checksum. */
class PartSignaturesTest {
    private static final String SUM = "x-amz-checksum-crc32c";
    private static final int PARTS = 3;
    private static final byte[] CONTENT = new byte[S3Upload.PART_MIN * 2 + 1];

    private final List<String> parts = new CopyOnWriteArrayList<>();
    private final List<Integer> lengths = new CopyOnWriteArrayList<>();

    private enum Server {
        COMPARES,
        PASSES_SUMS_OVER,
        TELLS_ANOTHER_SUM
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void areLeftOutWhereTheServerCompares(Server kind) throws IOException {
        write(exchange -> {
            String sum = exchange.getRequestHeaders().getFirst(SUM);
            if (kind != Server.PASSES_SUMS_OVER) {
                exchange.getResponseHeaders().add(SUM, kind == Server.COMPARES ? sum : "AAAAAA==");
            }
            exchange.sendResponseHeaders(200, -1);
        });

        boolean compares = kind == Server.COMPARES;
        assertThat(parts).as("two objects").hasSize(2 * PARTS + (compares ? 0 : 1));
        if (compares) {
            assertThat(parts).containsOnly("1 unsigned", "2 unsigned", "3 unsigned");
        } else {
            assertThat(parts)
                    .as("the first one is sent once more")
                    .containsExactly(
                            "1 unsigned", "1 signed", "2 signed", "3 signed", "1 signed", "2 signed", "3 signed");
        }
        assertThat(lengths).allMatch(length -> length == S3Upload.PART_MIN || length == 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void areSentFromNowOnWhereTheServerWantsThem(int status) throws IOException {
        write(exchange -> {
            if (!signed(exchange)) {
                byte[] text = "<Error><Code>%s</Code></Error>"
                        .formatted(status == 403 ? "AccessDenied" : "InvalidRequest")
                        .getBytes(UTF_8);
                answer(exchange, status, text);
                return;
            }
            exchange.getResponseHeaders().add(SUM, exchange.getRequestHeaders().getFirst(SUM));
            exchange.sendResponseHeaders(200, -1);
        });

        assertThat(parts)
                .containsExactly("1 unsigned", "1 signed", "2 signed", "3 signed", "1 signed", "2 signed", "3 signed");
    }

    /** How the server answers a part. */
    private interface PartAnswer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void write(PartAnswer ofPart) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, ofPart));
        server.start();
        try (ObjectStore store = UnsignedContentTest.open(server.getAddress().getPort())) {
            for (int i = 0; i < 2; i++) {
                store.write("k" + i, new ByteArrayInputStream(CONTENT), CONTENT.length);
            }
        } finally {
            server.stop(0);
        }
    }

    private void answer(HttpExchange exchange, PartAnswer ofPart) throws IOException {
        int length = exchange.getRequestBody().readAllBytes().length;
        String query = exchange.getRequestURI().getQuery();
        exchange.getResponseHeaders().add("ETag", "\"9a0364b9e99bb480dd25e1f0284c8555\"");
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                String number = query.replaceFirst(".*partNumber=(\\d+).*", "$1");
                parts.add(number + (signed(exchange) ? " signed" : " unsigned"));
                lengths.add(length);
                ofPart.to(exchange);
            }
            case "POST" ->
                answer(
                        exchange,
                        200,
                        (query.startsWith("uploads")
                                        ? "<InitiateMultipartUploadResult><Bucket>bucket</Bucket><Key>k</Key>"
                                                + "<UploadId>1</UploadId></InitiateMultipartUploadResult>"
                                        : "<CompleteMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Bucket>bucket</Bucket><Key>k</Key>"
                                                + "<ETag>\"1-3\"</ETag></CompleteMultipartUploadResult>")
                                .getBytes(UTF_8));
            default -> exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, byte[] text) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }

    private static boolean signed(HttpExchange exchange) {
        return !UnsignedContentTest.UNSIGNED.equals(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
    }
}
