package io.migrator.store.s3.role;

import io.migrator.store.token.GoogleToken;
import io.migrator.store.token.TokenCalls;
import java.io.IOException;
import java.security.ProviderException;
import java.time.Instant;
import java.util.Locale;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Google Cloud Storage by its XML API: a token of the machine's service account in place of a signature, and Google's
 * names of the headers, which it demands beside a token.
 */
final class GoogleBearer implements Interceptor {
    private static final String AMAZON = "x-amz-";
    private static final String GOOGLE = "x-goog-";

    private final String server;
    private final TokenCalls calls;
    private GoogleToken token = new GoogleToken("", Instant.EPOCH);

    /** @param endpoint in place of the machine's metadata service, may be empty */
    GoogleBearer(String endpoint, TokenCalls calls) {
        this.calls = calls;
        this.server = endpoint.isEmpty() ? "http://metadata.google.internal" : endpoint;
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
        if (Instant.now().isAfter(token.expires().minus(ExpiringCredentials.EARLY))) {
            token = GoogleToken.ask(calls, server);
        }
        return token.text();
    }
}
