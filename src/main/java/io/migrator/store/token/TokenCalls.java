package io.migrator.store.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.config.SecondsProperty;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.store.driver.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests to the services that hand out keys and tokens. Faults are ProviderExceptions that quote no answer: it may be a key. */
public final class TokenCalls {
    private static final SecondsProperty ANSWER =
            new SecondsProperty("migrator.tokens.answerSeconds", Duration.ofSeconds(10));
    /** Names of answers' fields and of variables whose value nobody else may see. */
    private static final Pattern SECRET =
            Pattern.compile("token$|secret$|secretkey$|identity_header$", Pattern.CASE_INSENSITIVE);

    private static final JsonMapper JSON = new JsonMapper();

    private final Duration answer;
    private final Supplier<Optional<Trust>> trust;
    private final HttpClient plain;
    private @Nullable HttpClient secured;

    public TokenCalls() {
        this(Optional::empty, ANSWER.value());
    }

    /**
     * For the services of one side of the configuration, with the authorities that it trusts.
     *
     * @param most time for an answer of that side's store; these have no more
     */
    public TokenCalls(StorageConfig config, Duration most) {
        this(() -> Trust.forTokens(config), limit(most));
    }

    /**
     * Reads nothing yet.
     *
     * @param trust asked for where something is encrypted, which most services of a machine are not
     * @param answer time for all of an answer
     */
    TokenCalls(Supplier<Optional<Trust>> trust, Duration answer) {
        this.answer = answer;
        this.trust = trust;
        this.plain = client().build();
    }

    private HttpClient.Builder client() {
        return HttpClient.newBuilder().connectTimeout(answer).proxy(new TokenProxies());
    }

    private synchronized HttpClient client(URI uri) {
        if (!"https".equalsIgnoreCase(uri.getScheme())) {
            return plain;
        }
        if (secured == null) {
            HttpClient.Builder builder = client();
            trust.get().ifPresent(own -> builder.sslContext(own.context()));
            secured = builder.build();
        }
        return secured;
    }

    /** The time for all of an answer of a service that hands out tokens. */
    public static Duration limit(Duration most) {
        Duration usual = ANSWER.value();
        return usual.compareTo(most) < 0 ? usual : most;
    }

    public String get(String url, Map<String, String> headers) {
        return send(request(url, headers).GET().build());
    }

    public String put(String url, Map<String, String> headers) {
        return send(
                request(url, headers).PUT(HttpRequest.BodyPublishers.noBody()).build());
    }

    public String post(String url, Map<String, String> headers, String body) {
        return send(request(url, headers)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public String postForm(String url, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return post(url, Map.of("Content-Type", "application/x-www-form-urlencoded"), body);
    }

    private HttpRequest.Builder request(String url, Map<String, String> headers) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(answer);
            headers.forEach(request::header);
            return request;
        } catch (IllegalArgumentException e) {
            // The cause is left out: it quotes what may be a token. A part of each may come from an answer before.
            throw new ProviderException("an address or a header of the request cannot be made of what was answered");
        }
    }

    private String send(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> sent =
                client(request.uri()).sendAsync(request, head -> new TokenBody());
        try {
            // The client's own time ends with the headers.
            HttpResponse<String> answered = sent.get(answer.toMillis(), TimeUnit.MILLISECONDS);
            if (answered.statusCode() != 200) {
                throw refused(place(request) + " answered HTTP " + answered.statusCode(), answered.statusCode());
            }
            return answered.body();
        } catch (ExecutionException e) {
            throw unreachable(request, e.getCause());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw unreachable(
                    request, new HttpTimeoutException("no whole answer within %d ms".formatted(answer.toMillis())));
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new ProviderException("interrupted", e);
        }
    }

    private static ProviderException unreachable(HttpRequest request, @Nullable Throwable cause) {
        String told = place(request) + " cannot be reached";
        return new ProviderException(told, new TokenFault(told, false, cause));
    }

    /** Too many requests, and faults of the service itself, pass: so they are told like a service that is not there. */
    public static ProviderException refused(String told, int status) {
        return passes(status)
                ? new ProviderException(told, new TokenFault(told, true, null))
                : new ProviderException(told);
    }

    /** Whether the same request may be answered otherwise in a while. */
    public static boolean passes(int status) {
        return status == 429 || status == 408 || status >= 500;
    }

    private static String place(HttpRequest request) {
        return request.uri().getScheme() + "://" + request.uri().getAuthority()
                + request.uri().getPath();
    }

    public static JsonNode json(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
            // The cause is left out: it quotes the answer.
            throw new ProviderException("the answer is not JSON");
        }
    }

    /** The text at a path of the answer, such as {@code /Credentials/Token}. */
    public static String text(JsonNode answer, String path) {
        JsonNode found = answer.at(path);
        if (!found.isValueNode() || found.asText().isEmpty()) {
            throw new ProviderException("the answer has no " + path.substring(1));
        }
        return SECRET.matcher(path).find() ? Secret.known(found.asText()).reveal() : found.asText();
    }

    /** Seconds from now, or since 1970, at a path of the answer; none that no token lasts for. */
    public static long seconds(JsonNode answer, String path) {
        String text = text(answer, path);
        if (!text.matches("[0-9]{1,11}")) {
            throw new ProviderException("the answer has no number of seconds in " + path.substring(1));
        }
        return Long.parseLong(text);
    }

    /** The moment at a path of the answer. */
    public static Instant moment(JsonNode answer, String path) {
        try {
            return Instant.parse(text(answer, path));
        } catch (DateTimeParseException e) {
            throw new ProviderException("the answer has no moment in " + path.substring(1));
        }
    }

    /** An environment variable that must be set. */
    public static String variable(UnaryOperator<@Nullable String> environment, String name) {
        String value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            throw new ProviderException("environment variable " + name + " is not set");
        }
        return SECRET.matcher(name).find() ? Secret.known(value).reveal() : value;
    }

    /** The text of a token file, read anew each time since it is replaced while it is used. */
    public static String file(String path) {
        try {
            return Secret.known(Files.readString(Path.of(path)).strip()).reveal();
        } catch (IOException e) {
            throw new ProviderException("the token file '" + path + "' cannot be read", e);
        }
    }
}
