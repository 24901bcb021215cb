package io.migrator.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A socket that gives fixed answers to {@code METHOD /path}, and another status, 404 unless it was told one, to anything else. */
public final class StandIn implements AutoCloseable {
    /**
     * What was asked; header names as the JDK's server writes them.
     *
     * @param line method and path
     * @param query decoded, may be empty
     */
    public record Asked(String line, String query, Map<String, List<String>> headers, String body) {}

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Set<String> once = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    public StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public StandIn answering(String methodAndPath, String body) {
        answers.put(methodAndPath, body);
        return this;
    }

    /** The same for the first request only; later ones are not known. */
    public StandIn answeringOnce(String methodAndPath, String body) {
        once.add(methodAndPath);
        return answering(methodAndPath, body);
    }

    public StandIn refusing(String methodAndPath, int status) {
        refused.put(methodAndPath, status);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String line =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        asked.add(new Asked(
                line,
                Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), ""),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        String known = once.remove(line) ? answers.remove(line) : answers.get(line);
        String text = Objects.requireNonNullElse(known, "");
        byte[] body = text.getBytes(UTF_8);
        if (text.startsWith("<")) {
            exchange.getResponseHeaders().add("Content-Type", "application/xml");
        }
        exchange.sendResponseHeaders(
                known == null ? refused.getOrDefault(line, 404) : 200, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
