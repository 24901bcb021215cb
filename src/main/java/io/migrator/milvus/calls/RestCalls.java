package io.migrator.milvus.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.config.MilvusConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.http.Exchange;
import io.migrator.milvus.calls.Repeats.Attempt;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Calls Milvus' REST v2 (2.4 and later), on the port of gRPC unless the configuration names another endpoint.
 * {@link #post} repeats nothing, {@link #ask} does: whoever calls decides whether that is safe.
 */
public final class RestCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** An answer is held several times over, as bytes, text and tree. Milvus itself sends no more than the last over gRPC. */
    private static final int MOST =
            (int) Math.min(Math.max(4L << 20, Runtime.getRuntime().maxMemory() / 32), 256L << 20);

    /** Early 2.4 builds say 200 where later ones say 0. */
    private static final int EARLY_SUCCESS = 200;

    private static final int SERVICE_NOT_READY = 1;
    private static final int RATE_LIMIT = 8;
    private static final int SEGMENT_NOT_FOUND = 600;
    private static final int NODE_NOT_FOUND = 901;
    private static final int TOO_MANY_REQUESTS = 429;

    private final MilvusConfig config;
    private final Exchange exchange;
    private final Repeats repeats = new Repeats();

    /** USAGE where the certificates of the configuration cannot be used. */
    public RestCalls(MilvusConfig config) {
        this.config = config;
        this.exchange = new Exchange(config.tlsMode() == 0 ? null : Tls.security(config), uri -> false, MOST);
    }

    /**
     * What the server answered.
     *
     * @param code 0 for success; Milvus answers HTTP 200 with a code of its own for what it refuses
     * @param data the answer's {@code data}, missing node where there is none
     */
    public record Answer(int code, String message, JsonNode data) {
        public boolean ok() {
            return code == 0 || code == EARLY_SUCCESS;
        }

        public boolean throttled() {
            return code == RATE_LIMIT;
        }

        /** The server starts up, and has begun nothing. */
        public boolean notReady() {
            return code == SERVICE_NOT_READY;
        }

        /** As {@link Answers#nodeMissing}: what was asked for may have begun. */
        public boolean nodeMissing() {
            return code == NODE_NOT_FOUND || (!ok() && Wording.NO_NODE.in(message));
        }

        /** A segment that was asked for is not there any more. */
        public boolean noSegment() {
            return code == SEGMENT_NOT_FOUND || (!ok() && Wording.NO_SEGMENT.in(message));
        }

        /** The answer would be more than one gRPC message inside the server may have. */
        public boolean tooLarge() {
            return !ok() && Wording.TOO_LARGE.in(message);
        }

        private boolean later() {
            return throttled() || notReady() || nodeMissing();
        }
    }

    public static ObjectMapper json() {
        return JSON;
    }

    /**
     * As {@link #post}, again and again while the server cannot be reached, starts up or asks to slow down. An answer that
     * still says so in the end is given as it is.
     */
    public Optional<Answer> ask(Action action, String route, JsonNode body) {
        return repeats.run(
                action,
                () -> {
                    try {
                        Optional<Answer> answer = post(action, route, body);
                        return answer.filter(Answer::later).isPresent() ? Attempt.later(answer) : Attempt.last(answer);
                    } catch (MigratorException e) {
                        boolean later = e.failure() == Failure.UNREACHABLE || e.failure() == Failure.THROTTLED;
                        if (!later) {
                            throw e;
                        }
                        return Attempt.failed(e);
                    }
                },
                () -> {});
    }

    /** The answer, whatever its code; empty where this server has no such route. */
    public Optional<Answer> post(Action action, String route, JsonNode body) {
        try {
            byte[] content = JSON.writeValueAsBytes(body);
            List<Map.Entry<String, String>> headers = new ArrayList<>();
            headers.add(Map.entry("Content-Type", "application/json"));
            headers.add(Map.entry(
                    "Request-Timeout", String.valueOf(action.deadline().toSeconds())));
            if (!config.credential().isEmpty()) {
                headers.add(Map.entry(
                        "Authorization", "Bearer " + config.credential().reveal()));
            }
            Exchange.Question question = new Exchange.Question(
                    "POST", URI.create(config.restBase() + route), headers, out -> out.write(content), content.length);
            return answer(action, exchange.of(question, action.deadline()));
        } catch (SSLException e) {
            throw untrusted(action, e);
        } catch (IOException | IllegalArgumentException e) {
            throw failed(Failure.UNREACHABLE, action, String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Answer> answer(Action action, Exchange.Answer answered) {
        int status = answered.status();
        repeats.reach();
        String text = new String(answered.body(), StandardCharsets.UTF_8);
        if (status == HttpURLConnection.HTTP_NOT_FOUND) {
            return Optional.empty();
        }
        if (status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN) {
            throw failed(Failure.DENIED, action, "it answered HTTP " + status, null);
        }
        if (status != HttpURLConnection.HTTP_OK) {
            throw failed(failure(status), action, "it answered HTTP " + status + " " + Answers.line(text), null);
        }
        try {
            JsonNode root = JSON.readTree(text);
            return Optional.of(
                    new Answer(root.path("code").asInt(), root.path("message").asText(), root.path("data")));
        } catch (JsonProcessingException e) {
            throw failed(Failure.SERVER_FAILED, action, "its answer is not JSON", e);
        }
    }

    /** A gateway in front of Milvus answers so while Milvus is away, and may have passed the call on, unless it is 429. */
    private static Failure failure(int status) {
        return switch (status) {
            case TOO_MANY_REQUESTS -> Failure.THROTTLED;
            case HttpURLConnection.HTTP_BAD_GATEWAY, HttpURLConnection.HTTP_UNAVAILABLE -> Failure.UNREACHABLE;
            default -> Failure.SERVER_FAILED;
        };
    }

    private MigratorException untrusted(Action action, SSLException fault) {
        return MigratorException.unable(
                Failure.UNREACHABLE,
                action.verb(),
                action.thing(),
                "Milvus at " + config.restBase() + ": " + TlsFaults.cause(fault),
                TlsFaults.advice(config),
                fault);
    }

    /** Since TLS 1.3 a client learns only when it writes that it should have shown a certificate. */
    private String clientHint() {
        return config.tlsMode() == 1
                ? " A server that wants a client's certificate (milvus.tlsMode 2, milvus.mtlsCertPath) ends like this,"
                        + " too."
                : "";
    }

    private MigratorException failed(Failure failure, Action action, String cause, @Nullable Throwable origin) {
        String advice = failure == Failure.DENIED
                ? Faults.credentialAdvice(config)
                : "Check milvus.restEndpoint (default: milvus.address and milvus.port) and milvus.tlsMode."
                        + clientHint();
        return MigratorException.unable(
                failure,
                action.verb(),
                action.thing(),
                "Milvus at " + config.restBase() + ": " + cause,
                advice,
                origin);
    }
}
