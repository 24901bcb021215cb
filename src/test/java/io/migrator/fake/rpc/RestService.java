package io.migrator.fake.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.ServerModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The REST v2 side, on a port of its own behind the open one. Errors are HTTP 200 with a code, as on a real server. */
public final class RestService implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NEED_AUTHENTICATE = 1800;
    private static final int BAD_BODY = 1801;

    private final HttpServer http;
    private final RestCalls calls;
    private final Gate gate;
    private final Connections connections;

    public RestService(
            ServerModel server, Gate gate, Connections connections, ImportEngine imports, Executor executor) {
        this.calls = new RestCalls(server, imports);
        this.gate = gate;
        this.connections = connections;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
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

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (!calls.has(path) || !exchange.getRequestMethod().equals("POST")) {
            gate.log().add(path, new Caller("", ""), new String(sent, StandardCharsets.UTF_8));
            reply(exchange, HttpURLConnection.HTTP_NOT_FOUND, "404 page not found");
            return;
        }
        JsonNode body = parse(sent);
        Caller caller;
        try {
            caller = new Caller(
                    gate.access().userOfBearer(exchange.getRequestHeaders().getFirst("Authorization")),
                    body.path("dbName").asText(""));
        } catch (Access.UnknownCaller e) {
            gate.log().add(path, new Caller("", ""), body);
            reply(
                    exchange,
                    HttpURLConnection.HTTP_UNAUTHORIZED,
                    error(NEED_AUTHENTICATE, "user hasn't authenticated").toString());
            return;
        }
        serve(exchange, path, caller, body);
    }

    private void serve(HttpExchange exchange, String path, Caller caller, JsonNode body) throws IOException {
        Optional<Fault> fault = gate.arrive(path, caller, body);
        Fault first = fault.orElse(null);
        if (first instanceof Fault.DropBefore) {
            connections.cut(exchange.getRemoteAddress());
            return;
        }
        if (first instanceof Fault.Break broken) {
            reply(
                    exchange,
                    HttpURLConnection.HTTP_INTERNAL_ERROR,
                    broken.status().toString());
            return;
        }
        if (first instanceof Fault.Delay delay) {
            LockSupport.parkNanos(delay.time().toNanos());
        }
        ObjectNode answer = answer(first, path, caller, body);
        if (first instanceof Fault.DropAfter) {
            connections.cut(exchange.getRemoteAddress());
            return;
        }
        reply(exchange, HttpURLConnection.HTTP_OK, answer.toString());
    }

    private ObjectNode answer(@Nullable Fault fault, String path, Caller caller, JsonNode body) {
        try {
            if (fault instanceof Fault.Refuse refuse) {
                throw refuse.refusal();
            }
            if (body.isMissingNode()) {
                return error(BAD_BODY, "can only accept json format request");
            }
            gate.admit(RestCalls.method(path), caller);
            ObjectNode answer = JSON.createObjectNode().put("code", 0);
            answer.set("data", calls.answer(caller, path, body));
            return answer;
        } catch (Refusal refusal) {
            return error(refusal.code(), String.valueOf(refusal.getMessage()));
        }
    }

    private static ObjectNode error(int code, String message) {
        return JSON.createObjectNode().put("code", code).put("message", message);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
