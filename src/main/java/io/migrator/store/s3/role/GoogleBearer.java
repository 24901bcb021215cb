package io.migrator.store.s3.role;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.store.TokenCalls;
import java.io.IOException;
import java.security.ProviderException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Google Cloud Storage by its XML API: a token of the machine's service account in place of a signature, and Google's
 * names of the headers, which it demands beside a token.
 */
final class GoogleBearer implements Interceptor {
    private static final String TOKEN = "/computeMetadata/v1/instance/service-accounts/default/token";
    private static final String AMAZON = "x-amz-";
    private static final String GOOGLE = "x-goog-";

    private final String endpoint;
    private final TokenCalls calls = new TokenCalls();
    private String token = "";
    private Instant renewal = Instant.MIN;

    /** @param endpoint in place of the machine's metadata service, may be empty */
    GoogleBearer(String endpoint) {
        this.endpoint = endpoint.isEmpty() ? "http://metadata.google.internal" : endpoint;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Headers.Builder headers = new Headers.Builder();
        chain.request().headers().forEach(header -> {
            String name = header.getFirst();
            boolean renamed = name.toLowerCase(Locale.ROOT).startsWith(AMAZON);
            headers.add(renamed ? GOOGLE + name.substring(AMAZON.length()) : name, header.getSecond());
        });
        try {
            headers.set("Authorization", "Bearer " + token());
        } catch (ProviderException e) {
            // The client kills its thread at any other exception.
            throw new IOException(e);
        }
        Request request = chain.request().newBuilder().headers(headers.build()).build();
        return chain.proceed(request);
    }

    private synchronized String token() {
        if (Instant.now().isAfter(renewal)) {
            JsonNode answer = TokenCalls.json(calls.get(endpoint + TOKEN, Map.of("Metadata-Flavor", "Google")));
            token = TokenCalls.text(answer, "/access_token");
            long life = Long.parseLong(TokenCalls.text(answer, "/expires_in"));
            renewal = Instant.now().plusSeconds(life).minus(ExpiringCredentials.EARLY);
        }
        return token;
    }
}
