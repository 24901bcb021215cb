package io.migrator.sink;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server that takes what is sent outside, and answers as it is told. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What came; headers by small letters. */
    public record Got(String method, String path, Map<String, String> headers, String body) {}

    private Receiver(ToIntFunction<Got> answer, @Nullable SSLContext context) {
        try {
            InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (context == null) {
                server = HttpServer.create(place, 50);
            } else {
                HttpsServer secured = HttpsServer.create(place, 50);
                secured.setHttpsConfigurator(new HttpsConfigurator(context));
                server = secured;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            Got one = new Got(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            got.add(one);
            int status = answer.applyAsInt(one);
            if (status == 0) {
                await();
            } else {
                byte[] told = ("said " + status).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, told.length);
                exchange.getResponseBody().write(told);
            }
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
    }

    /** @param answer status; 0 for none at all */
    public static Receiver answering(ToIntFunction<Got> answer) {
        return new Receiver(answer, null);
    }

    public static Receiver taking() {
        return answering(one -> 200);
    }

    /** Takes all, over TLS. */
    public static Receiver over(SSLContext context) {
        return new Receiver(one -> 200, context);
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    public List<Got> got() {
        return List.copyOf(got);
    }

    public List<String> paths() {
        return got.stream().map(Got::path).toList();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
