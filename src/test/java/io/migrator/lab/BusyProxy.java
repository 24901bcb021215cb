package io.migrator.lab;

import com.sun.net.httpserver.HttpExchange;
import io.migrator.config.StorageConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http.HttpMethod;

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
    private static final Set<String> OF_ONE_CONNECTION = Set.of("connection", "content-length", "transfer-encoding");

    private final StoreLab behind;
    private final String address;
    private final Predicate<Arrival> refuses;
    private final LoopbackHttp server;
    private final OkHttpClient client;
    private final AtomicInteger inside = new AtomicInteger();
    private final List<Boolean> refused = new ArrayList<>();

    public BusyProxy(StoreLab behind, Predicate<Arrival> refuses) {
        this.behind = behind;
        StorageConfig direct = behind.storage(StorageConfig.Side.VAULT, "any", "");
        this.address = direct.address() + ":" + direct.port();
        this.refuses = refuses;
        Dispatcher many = new Dispatcher();
        many.setMaxRequestsPerHost(1000);
        this.client = new OkHttpClient.Builder()
                .dispatcher(many)
                .readTimeout(1, TimeUnit.MINUTES)
                .build();
        this.server = new LoopbackHttp(this::answer);
    }

    /** The configuration that reaches a bucket of the server through this proxy. */
    public StorageConfig storage(StorageConfig.Side side, String bucket) {
        StorageConfig direct = behind.storage(side, bucket, "");
        return new StorageConfig(
                side,
                direct.type(),
                direct.address(),
                server.port(),
                direct.region(),
                direct.accessKeyId(),
                direct.secretAccessKey(),
                direct.token(),
                direct.gcpCredentialJson(),
                false,
                false,
                "",
                bucket,
                "",
                direct.multipartCopyThresholdMiB());
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
        String method = exchange.getRequestMethod();
        Request.Builder request = new Request.Builder()
                .url("http://" + address + exchange.getRequestURI())
                .method(method, HttpMethod.permitsRequestBody(method) ? RequestBody.create(body) : null);
        exchange.getRequestHeaders().forEach((name, values) -> values.stream()
                .filter(value -> !OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(value -> request.addHeader(name, value)));
        try (Response response = client.newCall(request.build()).execute()) {
            response.headers().names().stream()
                    .filter(name -> !OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)))
                    .forEach(name -> exchange.getResponseHeaders().put(name, response.headers(name)));
            send(exchange, response.code(), response.body().bytes());
        }
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
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
