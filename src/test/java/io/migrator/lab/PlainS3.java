package io.migrator.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Holds one object, keeps conditions, and knows nothing of encryption: headers that ask for it are passed over. */
public final class PlainS3 implements S3Lab {
    private final LoopbackHttp server = new LoopbackHttp(this::answer);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private volatile String etag = "";

    /** The keys that were written to, whatever became of them. */
    public Set<String> written() {
        return Set.copyOf(written);
    }

    /** The requests: method, and the condition where there was one; DELETE for one that deletes. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String method = exchange.getRequestMethod();
            boolean condition = exchange.getRequestHeaders().containsKey("If-None-Match");
            asked.add((method.equals("POST") ? "DELETE" : method) + (condition ? " if absent" : ""));
            exchange.getResponseHeaders().set("Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT");
            switch (method) {
                case "HEAD" -> {
                    exchange.getResponseHeaders().set("ETag", etag);
                    exchange.getResponseHeaders().set("Content-Length", "7");
                    exchange.sendResponseHeaders(etag.isEmpty() ? 404 : 200, -1);
                }
                case "PUT" -> {
                    String path = exchange.getRequestURI().getPath();
                    written.add(path);
                    etag = "\"ours\"";
                    exchange.getResponseHeaders().set("ETag", etag);
                    exchange.sendResponseHeaders(200, -1);
                }
                default -> {
                    etag = "";
                    byte[] body = "<DeleteResult></DeleteResult>".getBytes(UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/xml");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            }
        }
    }

    @Override
    public String kind() {
        return "plain S3";
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public String accessKey() {
        return "key";
    }

    @Override
    public String secretKey() {
        return "secret";
    }

    @Override
    public void close() {
        server.close();
    }
}
