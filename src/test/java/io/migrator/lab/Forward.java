package io.migrator.lab;

import com.sun.net.httpserver.HttpExchange;
import io.migrator.config.StorageConfig;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http.HttpMethod;

/** Passes requests on to a store, signatures untouched. */
final class Forward implements AutoCloseable {
    private static final Set<String> OF_ONE_CONNECTION = Set.of("connection", "content-length", "transfer-encoding");

    private final StoreLab behind;
    private final OkHttpClient client;

    Forward(StoreLab behind) {
        this.behind = behind;
        Dispatcher many = new Dispatcher();
        many.setMaxRequestsPerHost(1000);
        this.client = new OkHttpClient.Builder()
                .dispatcher(many)
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .readTimeout(1, TimeUnit.MINUTES)
                .build();
    }

    /** The configuration that reaches a bucket through a proxy at that port. */
    StorageConfig front(int port, StorageConfig.Side side, String bucket) {
        StorageConfig direct = behind.storage(side, bucket, "");
        return new StorageConfig(
                side,
                direct.type(),
                direct.address(),
                port,
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

    record Answer(int status, Map<String, List<String>> headers, byte[] body) {}

    /** @param body of the request, read already */
    Answer pass(HttpExchange exchange, byte[] body) throws IOException {
        StorageConfig direct = behind.storage(StorageConfig.Side.VAULT, "any", "");
        String method = exchange.getRequestMethod();
        Request.Builder request = new Request.Builder()
                .url("http://" + direct.address() + ":" + direct.port() + exchange.getRequestURI())
                .method(method, HttpMethod.permitsRequestBody(method) ? RequestBody.create(body) : null);
        exchange.getRequestHeaders().forEach((name, values) -> values.stream()
                .filter(value -> !OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(value -> request.addHeader(name, value)));
        try (Response response = client.newCall(request.build()).execute()) {
            Map<String, List<String>> headers = new TreeMap<>();
            response.headers().names().stream()
                    .filter(name -> !OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)))
                    .forEach(name -> headers.put(name, response.headers(name)));
            return new Answer(response.code(), headers, response.body().bytes());
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
