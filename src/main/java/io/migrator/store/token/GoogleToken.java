package io.migrator.store.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/** A token of the service account of a machine of Google's. */
public record GoogleToken(String text, Instant expires) {
    private static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/token";

    /**
     * A new one; {@link java.security.ProviderException} where there is none.
     *
     * @param server the machine's metadata server, as a URL
     */
    public static GoogleToken ask(TokenCalls calls, String server) {
        JsonNode answer = TokenCalls.json(calls.get(server + PATH, Map.of("Metadata-Flavor", "Google")));
        long life = TokenCalls.seconds(answer, "/expires_in");
        return new GoogleToken(
                TokenCalls.text(answer, "/access_token"), Instant.now().plusSeconds(life));
    }
}
