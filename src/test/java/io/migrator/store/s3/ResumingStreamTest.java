package io.migrator.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectStore;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.Retry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects whose connection breaks, or that are replaced, while they are read. */
final class ResumingStreamTest {
    private static final String CONTENT = "0123456789";
    private static final int BROKEN_AT = 4;

    /** One answer; a length of 0 sends it in chunks. */
    private record Answer(int status, String etag, String range, long length, String body) {}

    private final Queue<Answer> gets = new ArrayDeque<>();
    private final Queue<Answer> heads = new ArrayDeque<>();
    private HttpServer server;
    private ObjectStore store;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        StorageConfig config = new StorageConfig(
                StorageConfig.Side.VAULT,
                StorageType.MINIO,
                "127.0.0.1",
                server.getAddress().getPort(),
                "",
                new Secret("key"),
                new Secret("secret"),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                "bucket",
                "",
                500);
        Retry quick = new Retry(3, Duration.ofMillis(1), Duration.ofSeconds(5));
        store = S3Stores.open(config, new Deadlines(Duration.ofSeconds(5), Duration.ofSeconds(5)), quick, quick);
    }

    @AfterEach
    void close() {
        store.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        Answer answer = head ? heads.remove() : gets.remove();
        exchange.getResponseHeaders().set("ETag", '"' + answer.etag() + '"');
        exchange.getResponseHeaders().set("Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT");
        if (!answer.range().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Range", answer.range());
        }
        try (exchange) {
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(answer.length()));
            }
            exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.length());
            if (!head) {
                exchange.getResponseBody().write(answer.body().getBytes(UTF_8));
                exchange.getResponseBody().flush();
                if (answer.length() == 0) {
                    exchange.getResponseBody().close();
                }
            }
        }
    }

    private String read() {
        return new String(store.read("a", 100), UTF_8);
    }

    private void breaks() {
        gets.add(new Answer(200, "e", "", CONTENT.length(), CONTENT.substring(0, BROKEN_AT)));
    }

    @Test
    void goesOnWhereTheConnectionBroke() {
        breaks();
        gets.add(new Answer(206, "e", "bytes 4-9/10", 6, CONTENT.substring(BROKEN_AT)));

        assertThat(read()).isEqualTo(CONTENT);
    }

    /** Else bytes of the beginning would stand in the middle, and as many as there should be. */
    @ParameterizedTest
    @CsvSource({"200, ''", "206, ''", "206, bytes 0-9/10", "206, bytes 40-49/50", "206, items 4-9/10"})
    void refusesAnotherPartThanTheRest(int status, String range) {
        breaks();
        gets.add(new Answer(status, "e", range, 10, CONTENT));

        assertThatThrownBy(this::readJustSoMuch)
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.SERVER_FAILED))
                .hasMessageContaining("from byte 4 on");
    }

    private String readJustSoMuch() throws IOException {
        try (var content = store.open("a")) {
            return new String(content.readNBytes(CONTENT.length()), UTF_8);
        }
    }

    @Test
    void takesTheSizeOfAnAnswerInChunksOfTheSameVersion() {
        gets.add(new Answer(200, "old", "", 0, "old content"));
        heads.add(new Answer(200, "new", "", 10, ""));
        gets.add(new Answer(200, "new", "", 0, CONTENT));
        heads.add(new Answer(200, "new", "", 10, ""));

        assertThat(read()).isEqualTo(CONTENT);
        assertThat(List.of(gets.size(), heads.size())).containsOnly(0);
    }

    @Test
    void endsWhereAnObjectIsReplacedAgainAndAgain() {
        for (int i = 0; i < 5; i++) {
            gets.add(new Answer(200, "old" + i, "", 0, "old content"));
            heads.add(new Answer(200, "new" + i, "", 10, ""));
        }

        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.SOURCE_CHANGED))
                .hasMessageContaining("replaced");
    }

    /** What sends too much once need not do so again. */
    @Test
    void readsAnewWhatCameTooLong() {
        gets.add(new Answer(200, "e", "", 0, CONTENT + "and more"));
        heads.add(new Answer(200, "e", "", 10, ""));
        gets.add(new Answer(200, "e", "", 0, CONTENT));

        assertThat(read()).isEqualTo(CONTENT);
    }

    @Test
    void tellsWhatIsTooLongEachTime() {
        heads.add(new Answer(200, "e", "", 10, ""));
        for (int i = 0; i < 5; i++) {
            gets.add(new Answer(200, "e", "", 0, CONTENT + "and more"));
        }

        assertThatThrownBy(this::read).hasMessageContaining("it sends more than the 10 bytes of the object");
    }
}
