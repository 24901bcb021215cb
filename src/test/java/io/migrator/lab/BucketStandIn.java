package io.migrator.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the settings of a bucket as Amazon, Azure and Google do, and knows nothing else. */
public final class BucketStandIn implements AutoCloseable {
    private record Answer(int status, Map<String, String> headers, String body) {}

    private static final Answer UNKNOWN =
            new Answer(501, Map.of("Content-Type", "application/xml"), "<Error><Code>NotImplemented</Code></Error>");

    private final LoopbackHttp server = new LoopbackHttp(this::answer);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** @param setting Amazon's name of it, such as {@code lifecycle} */
    public void set(String setting, int status, String xml) {
        answers.put(setting, new Answer(status, Map.of("Content-Type", "application/xml"), xml));
    }

    /** What an Azure container has. */
    public void setContainer(boolean policy, boolean legalHold) {
        answers.put(
                "restype",
                new Answer(
                        200,
                        Map.of(
                                "x-ms-has-immutability-policy", Boolean.toString(policy),
                                "x-ms-has-legal-hold", Boolean.toString(legalHold),
                                "Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT"),
                        ""));
    }

    /** Google's description of the bucket. */
    public void setBucket(String json) {
        answers.put("projection", new Answer(200, Map.of("Content-Type", "application/json"), json));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            Answer answer = answers.getOrDefault(query.split("[=&]", 2)[0], UNKNOWN);
            byte[] body = answer.body().getBytes(UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
