package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProviderException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests to the services that hand out keys and tokens. Faults are ProviderExceptions that quote no answer: it may be a key. */
public final class TokenCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Names of answers' fields and of variables whose value nobody else may see. */
    private static final Pattern SECRET =
            Pattern.compile("token$|secret$|secretkey$|identity_header$", Pattern.CASE_INSENSITIVE);

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

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

    private static HttpRequest.Builder request(String url, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
        headers.forEach(request::header);
        return request;
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new ProviderException(place(request) + " answered HTTP " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new ProviderException(place(request) + " cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException("interrupted", e);
        }
    }

    private static String place(HttpRequest request) {
        return request.uri().getScheme() + "://" + request.uri().getAuthority()
                + request.uri().getPath();
    }

    public static JsonNode json(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
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
