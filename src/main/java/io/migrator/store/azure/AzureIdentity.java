package io.migrator.store.azure;

import static io.migrator.store.token.TokenCalls.seconds;
import static io.migrator.store.token.TokenCalls.text;
import static io.migrator.store.token.TokenCalls.variable;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.store.token.TokenCalls;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of an identity of Microsoft Entra, looked for as Azure's own clients do: of an application whose secret or
 * federated token file (workload identity of AKS) the environment names, of App Service and Container Apps, else the
 * managed identity of the machine (instance metadata service, 2018-02-01). A token is kept until shortly before it
 * expires. Safe for many threads.
 */
final class AzureIdentity {
    private static final String STORAGE = "https://storage.azure.com/";
    private static final String CLIENT_ID = "AZURE_CLIENT_ID";
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final String endpoint;
    private final UnaryOperator<@Nullable String> environment;
    private final TokenCalls calls;
    private String token = "";
    private Instant renewal = Instant.MIN;

    /** @param endpoint in place of the service's own address, may be empty */
    AzureIdentity(String endpoint, UnaryOperator<@Nullable String> environment, TokenCalls calls) {
        this.calls = calls;
        this.endpoint = endpoint.replaceAll("/+$", "");
        this.environment = environment;
    }

    /** A token that is good for some minutes; {@link java.security.ProviderException} where there is none. */
    synchronized String token() {
        if (Instant.now().isAfter(renewal)) {
            JsonNode answer = TokenCalls.json(answer());
            token = text(answer, "/access_token");
            renewal = expires(answer).minus(EARLY);
        }
        return token;
    }

    private static Instant expires(JsonNode answer) {
        // App Service tells only the moment.
        return answer.has("expires_in")
                ? Instant.now().plusSeconds(seconds(answer, "/expires_in"))
                : Instant.ofEpochSecond(seconds(answer, "/expires_on"));
    }

    private String answer() {
        if (isSet("AZURE_CLIENT_SECRET")) {
            return ofApplication(Map.of("client_secret", variable(environment, "AZURE_CLIENT_SECRET")));
        }
        if (isSet("AZURE_FEDERATED_TOKEN_FILE")) {
            return ofApplication(Map.of(
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    "client_assertion",
                    TokenCalls.file(variable(environment, "AZURE_FEDERATED_TOKEN_FILE"))));
        }
        if (isSet("IDENTITY_ENDPOINT") && isSet("IDENTITY_HEADER")) {
            String base = endpoint.isEmpty() ? variable(environment, "IDENTITY_ENDPOINT") : endpoint;
            return calls.get(
                    base + query("2019-08-01"), Map.of("X-IDENTITY-HEADER", variable(environment, "IDENTITY_HEADER")));
        }
        String base = endpoint.isEmpty() ? "http://169.254.169.254" : endpoint;
        return calls.get(base + "/metadata/identity/oauth2/token" + query("2018-02-01"), Map.of("Metadata", "true"));
    }

    private String ofApplication(Map<String, String> proof) {
        Map<String, String> form = new HashMap<>(proof);
        form.put("grant_type", "client_credentials");
        form.put("client_id", variable(environment, CLIENT_ID));
        form.put("scope", STORAGE + ".default");
        String authority = isSet("AZURE_AUTHORITY_HOST")
                ? variable(environment, "AZURE_AUTHORITY_HOST")
                : "https://login.microsoftonline.com";
        String base = endpoint.isEmpty() ? authority.replaceAll("/+$", "") : endpoint;
        return calls.postForm(base + "/" + variable(environment, "AZURE_TENANT_ID") + "/oauth2/v2.0/token", form);
    }

    /** An identity among several that the machine has is named by its client id. */
    private String query(String version) {
        String query = "?api-version=" + version + "&resource=" + encoded(STORAGE);
        return isSet(CLIENT_ID) ? query + "&client_id=" + encoded(variable(environment, CLIENT_ID)) : query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private boolean isSet(String name) {
        String value = environment.apply(name);
        return value != null && !value.isEmpty();
    }
}
