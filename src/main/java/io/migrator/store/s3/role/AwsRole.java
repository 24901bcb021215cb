package io.migrator.store.s3.role;

import io.migrator.http.ReadableLength;
import io.migrator.store.driver.Trust;
import io.migrator.store.token.TokenCalls;
import io.migrator.store.token.TokenProxies;
import io.minio.credentials.Credentials;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.Provider;
import java.io.IOException;
import java.security.ProviderException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Amazon: web identity, then the container's role, then the machine's, as the AWS SDKs look for them. */
final class AwsRole implements Provider {
    private static final long MOST = 256L << 10;

    private final Provider provider;

    /**
     * Asks for nothing yet.
     *
     * @param endpoint in place of the cloud's own, null for that
     * @param limit for each answer as a whole
     */
    AwsRole(@Nullable String endpoint, Optional<Trust> trust, Duration limit) {
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .callTimeout(limit)
                // What is asked for, and with which token, concerns no other server.
                .followRedirects(false)
                .followSslRedirects(false)
                .proxySelector(new TokenProxies())
                .addInterceptor(AwsRole::whole)
                .addNetworkInterceptor(new ReadableLength());
        trust.ifPresent(own -> client.sslSocketFactory(own.context().getSocketFactory(), own.manager()));
        this.provider = new IamAwsProvider(endpoint, client.build());
    }

    /** What passes is a fault of the connection, so that it is repeated; an answer has an end. */
    private static Response whole(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        try (ResponseBody body = response.body()) {
            if (TokenCalls.passes(response.code())) {
                String told = "HTTP " + response.code();
                // Where it is an IOException, the client goes on without the token of a machine, and is denied.
                if (chain.request().method().equals("PUT")) {
                    throw TokenCalls.refused("the machine's token service answered " + told, response.code());
                }
                throw new IOException(told);
            }
            if (body.source().request(MOST)) {
                throw new IOException("the answer is larger than %d bytes".formatted(MOST));
            }
            return response.newBuilder()
                    .body(ResponseBody.create(body.source().readByteArray(), body.contentType()))
                    .build();
        }
    }

    @Override
    public Credentials fetch() {
        try {
            return provider.fetch();
        } catch (ProviderException e) {
            throw e;
        } catch (RuntimeException e) {
            // The cause is left out: it may quote the answer, which may be a key.
            throw new ProviderException("the answer for the role cannot be understood");
        }
    }
}
