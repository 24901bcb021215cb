package io.migrator.lab;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an S3 server and lets requests go wrong: each takes the next fault that waits for its operation.
 */
public final class FaultProxy implements AutoCloseable {
    private static final long LATE_NANOS = 700_000_000L;
    private static final long HANGS_NANOS = 1_000_000_000L;

    /** What a request asks for. */
    public enum Operation {
        GET,
        HEAD,
        LIST,
        PUT,
        COPY,
        PART,
        DELETE,
        OTHER
    }

    /** What goes wrong with one request. */
    public enum Fault {
        /** Nothing: a pause between two faults of a queue. */
        NONE,
        /** 500 InternalError; nothing is done. */
        ERROR,
        /** 503 SlowDown; nothing is done. */
        BUSY,
        /** 403 AccessDenied; nothing is done. */
        DENIED,
        /** No answer for a second, then the connection is cut; nothing is done. */
        HANGS,
        /** Done 0.7 s late. */
        LATE,
        /** Done, and the connection is cut in the middle of the answer's body. */
        CUT,
        /** Done, and the connection is cut before the answer. */
        LOST,
        /** Done, and one byte of the answer's body is another. */
        FLIPPED
    }

    private final Forward forward;
    private final LoopbackHttp server;
    private final Map<Operation, Queue<Fault>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Integer> done = new ConcurrentHashMap<>();
    private volatile boolean unreachable;

    public FaultProxy(S3Lab behind) {
        this.forward = new Forward(behind);
        this.server = new LoopbackHttp(this::answer);
    }

    public int port() {
        return server.port();
    }

    public void next(Operation operation, List<Fault> faults) {
        waiting.computeIfAbsent(operation, any -> new ConcurrentLinkedQueue<>()).addAll(faults);
    }

    /** From now on, until it is taken back, each connection is cut at once. */
    public void setUnreachable(boolean newUnreachable) {
        unreachable = newUnreachable;
    }

    /** Nothing goes wrong any more. */
    public void lift() {
        waiting.clear();
        unreachable = false;
    }

    /** How often each fault hit each operation, such as {@code GET CUT}. */
    public Map<String, Integer> done() {
        return Map.copyOf(done);
    }

    private void answer(HttpExchange exchange) throws IOException {
        // Closed without an answer, the connection is cut.
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (unreachable) {
                count("ALL UNREACHABLE");
                return;
            }
            Operation operation = operation(exchange);
            Queue<Fault> queue = waiting.get(operation);
            Fault fault = queue == null ? null : queue.poll();
            if (fault != null && fault != Fault.NONE) {
                count(operation + " " + fault);
            }
            serve(exchange, body, fault == null ? Fault.NONE : fault);
        }
    }

    private void serve(HttpExchange exchange, byte[] body, Fault fault) throws IOException {
        switch (fault) {
            case ERROR -> refuse(exchange, 500, "InternalError");
            case BUSY -> refuse(exchange, 503, "SlowDown");
            case DENIED -> refuse(exchange, 403, "AccessDenied");
            case HANGS -> LockSupport.parkNanos(HANGS_NANOS);
            default -> {
                if (fault == Fault.LATE) {
                    LockSupport.parkNanos(LATE_NANOS);
                }
                reply(exchange, forward.pass(exchange, body), fault);
            }
        }
    }

    private static void reply(HttpExchange exchange, Forward.Answer answer, Fault fault) throws IOException {
        if (fault == Fault.LOST) {
            return;
        }
        byte[] body = answer.body();
        if (fault == Fault.FLIPPED && body.length > 0) {
            body[body.length / 2] ^= 1;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::put);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body, 0, fault == Fault.CUT ? body.length / 2 : body.length);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = "<Error><Code>%s</Code><Message>made up</Message></Error>"
                .formatted(code)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static Operation operation(HttpExchange exchange) {
        @Nullable String query = exchange.getRequestURI().getRawQuery();
        String asked = query == null ? "" : query;
        boolean copies = exchange.getRequestHeaders().containsKey("x-amz-copy-source");
        return switch (exchange.getRequestMethod()) {
            case "HEAD" -> Operation.HEAD;
            case "GET" ->
                asked.contains("list-type=") ? Operation.LIST : asked.isEmpty() ? Operation.GET : Operation.OTHER;
            case "PUT" -> copies ? Operation.COPY : asked.contains("partNumber=") ? Operation.PART : Operation.PUT;
            case "DELETE" -> Operation.DELETE;
            case "POST" -> asked.startsWith("delete") ? Operation.DELETE : Operation.OTHER;
            default -> Operation.OTHER;
        };
    }

    private void count(String what) {
        done.merge(what, 1, Integer::sum);
    }

    @Override
    public void close() {
        server.close();
        forward.close();
    }
}
