package io.migrator.fake.rpc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.migrator.fake.model.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The management port: health, keys of databases, and garbage collection held off for a while. */
public final class ManagementService implements AutoCloseable {
    private static final String GC = "/management/datacoord/garbage_collection/";
    /** Of encrypted databases; answers as milvus-backup 0.5.16 reads them. */
    private static final String KEY_BACKUP = "/management/rootcoord/ez/backup";

    private final HttpServer http;
    private final Release release;
    private final Gate gate;
    private final Map<Long, Pause> pauses = new ConcurrentHashMap<>();
    private final AtomicLong lastTicket = new AtomicLong(1000);

    /** @param collection 0 where it is the whole server's */
    public record Pause(long collection, Instant until) {}

    public ManagementService(Release release, Gate gate, int port, Executor executor) {
        this.release = release;
        this.gate = gate;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(executor);
        http.createContext("/", this::serve);
        http.start();
    }

    public int port() {
        return http.getAddress().getPort();
    }

    /** The pauses that hold now, by ticket; one without ticket is number 0. */
    public Map<Long, Pause> pauses() {
        Instant now = Instant.now();
        Map<Long, Pause> holding = new HashMap<>(pauses);
        holding.values().removeIf(pause -> pause.until().isBefore(now));
        return Map.copyOf(holding);
    }

    private record Answer(int status, String text) {
        static Answer ok(String text) {
            return new Answer(HttpURLConnection.HTTP_OK, text);
        }

        static Answer failed(String message) {
            return new Answer(HttpURLConnection.HTTP_INTERNAL_ERROR, "{\"msg\": \"" + message + "\"}");
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        Optional<Fault> fault = gate.arrive(path, new Caller("", ""), query);
        if (fault.orElse(null) instanceof Fault.Delay delay) {
            LockSupport.parkNanos(delay.time().toNanos());
        }
        Answer answer = fault.orElse(null) instanceof Fault.Refuse refuse
                ? Answer.failed(refuse.refusal().getMessage())
                : answer(path, parameters(query));
        byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : query.split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return parameters;
    }

    private Answer answer(String path, Map<String, String> parameters) {
        if (path.equals("/healthz")) {
            return gate.ready()
                    ? Answer.ok("OK")
                    : new Answer(HttpURLConnection.HTTP_UNAVAILABLE, "component not ready");
        }
        if (release.gcPause() && path.equals(GC + "pause")) {
            return pause(parameters);
        }
        if (release.gcPause() && path.equals(GC + "resume")) {
            return resume(parameters);
        }
        if (path.equals(KEY_BACKUP)) {
            return Answer.ok("{\"msg\": \"OK\", \"ezk\": \"key of " + parameters.get("db_name") + "\"}");
        }
        return new Answer(HttpURLConnection.HTTP_NOT_FOUND, "404 page not found");
    }

    private Answer pause(Map<String, String> parameters) {
        long seconds;
        long collection;
        try {
            seconds = Long.parseLong(parameters.getOrDefault("pause_seconds", ""));
            collection = release.gcTickets() ? Long.parseLong(parameters.getOrDefault("collection_id", "0")) : 0;
        } catch (NumberFormatException e) {
            return Answer.failed("failed to pause garbage collection, invalid parameter: " + e.getMessage());
        }
        long ticket = release.gcTickets() ? lastTicket.incrementAndGet() : 0;
        pauses.put(ticket, new Pause(collection, Instant.now().plusSeconds(seconds)));
        return Answer.ok(
                release.gcTickets() ? "{\"msg\": \"OK\", \"ticket\": \"" + ticket + "\"}" : "{\"msg\": \"OK\"}");
    }

    /** Releases with tickets fail on a resume without one, as real ones do. */
    private Answer resume(Map<String, String> parameters) {
        if (!release.gcTickets()) {
            pauses.clear();
            return Answer.ok("{\"msg\": \"OK\"}");
        }
        String ticket = parameters.getOrDefault("ticket", "");
        try {
            pauses.remove(Long.parseLong(ticket));
            return Answer.ok("{\"msg\": \"OK\"}");
        } catch (NumberFormatException e) {
            return Answer.failed(
                    "failed to resume garbage collection, strconv.ParseInt: parsing '" + ticket + "': invalid syntax");
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
