package io.migrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines on which much takes its time, and connections that do not end when they are broken off. */
final class SlowLinesTest {
    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final int PIECE = 2 << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    /** Answers in pieces, and late where much was sent. */
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            int pieces = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            pause();
            exchange.sendResponseHeaders(200, (long) pieces * PIECE);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < pieces; i++) {
                    out.write(new byte[PIECE]);
                    out.flush();
                    pause();
                }
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LIMIT.toMillis() * 2 / 5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Exchange.Answer answer(int pieces, Duration limit) throws IOException {
        return new Exchange(null, uri -> true, 8 << 20)
                .of(
                        Exchange.Question.get(URI.create(
                                "http://127.0.0.1:" + server.getAddress().getPort() + "/" + pieces)),
                        limit);
    }

    @Test
    void aLargeAnswerHasTimeForItsBytes() throws IOException {
        assertThat(answer(3, LIMIT).body()).hasSize(3 * PIECE);
    }

    @Test
    void aBreakThatHangsHoldsNoOtherUp() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch broken = new CountDownLatch(1);
        try (Deadline first = new Deadline(Duration.ofMillis(1), () -> await(hanging))) {
            while (!first.passed()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            try (Deadline second = new Deadline(Duration.ofMillis(1), broken::countDown)) {
                assertThat(broken.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(second.passed()).isTrue();
            }
        } finally {
            hanging.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAnswerThatDoesNotComeStillEnds() {
        assertThatThrownBy(() -> answer(0, LIMIT.dividedBy(5))).isInstanceOf(SocketTimeoutException.class);
    }
}
