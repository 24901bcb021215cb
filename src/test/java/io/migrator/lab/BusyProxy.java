package io.migrator.lab;

import com.sun.net.httpserver.HttpExchange;
import io.migrator.config.StorageConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Stands before a store: answers some requests with 503 SlowDown and passes the others on, signatures untouched. */
public final class BusyProxy implements AutoCloseable {
    /**
     * A request as it comes in.
     *
     * @param inside requests that are being passed on at this moment
     * @param earlier requests that came before
     */
    public record Arrival(String method, int inside, int earlier) {}

    private static final byte[] SLOW_DOWN =
            "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
                    .getBytes(StandardCharsets.UTF_8);

    private final Predicate<Arrival> refuses;
    private final LoopbackHttp server;
    private final Forward forward;
    private final AtomicInteger inside = new AtomicInteger();
    private final List<Boolean> refused = new ArrayList<>();

    public BusyProxy(StoreLab behind, Predicate<Arrival> refuses) {
        this.refuses = refuses;
        this.forward = new Forward(behind);
        this.server = new LoopbackHttp(this::answer);
    }

    /** The configuration that reaches a bucket of the server through this proxy. */
    public StorageConfig storage(StorageConfig.Side side, String bucket) {
        return forward.front(server.port(), side, bucket);
    }

    /** For each request so far, in the order they came, whether it was refused. */
    public List<Boolean> refused() {
        synchronized (refused) {
            return List.copyOf(refused);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean refuse;
        synchronized (refused) {
            refuse = refuses.test(new Arrival(exchange.getRequestMethod(), inside.get(), refused.size()));
            refused.add(refuse);
            inside.addAndGet(refuse ? 0 : 1);
        }
        try (exchange) {
            if (refuse) {
                exchange.getResponseHeaders().set("Content-Type", "application/xml");
                send(exchange, 503, SLOW_DOWN);
            } else {
                try {
                    pass(exchange, body);
                } finally {
                    inside.decrementAndGet();
                }
            }
        }
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException {
        Forward.Answer answer = forward.pass(exchange, body);
        answer.headers().forEach(exchange.getResponseHeaders()::put);
        send(exchange, answer.status(), answer.body());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.close();
        forward.close();
    }
}
