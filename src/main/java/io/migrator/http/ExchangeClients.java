package io.migrator.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** The clients of exchanges: one for what is not encrypted, and one for what is, made where it is needed. */
final class ExchangeClients {
    static final Duration CONNECT = Duration.ofSeconds(10);
    /** Less than servers keep idle connections: a request on one that was closed fails. */
    private static final int IDLE_SECONDS = 5;

    private static final int IDLE = 32;
    /** Heads, and what chunks and TLS add to a body. */
    private static final long BESIDE = 1 << 20;

    /** Java knows which releases and ciphers are too weak. */
    private static final ConnectionSpec AS_JAVA = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
            .allEnabledTlsVersions()
            .allEnabledCipherSuites()
            .build();

    private final @Nullable Security security;
    private final OkHttpClient plain;
    private @Nullable OkHttpClient secured;

    ExchangeClients(@Nullable Security security, Predicate<URI> direct, int mostBytes) {
        this.security = security;
        this.plain = new OkHttpClient.Builder()
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .connectionPool(new ConnectionPool(IDLE, IDLE_SECONDS, TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .socketFactory(new BoundedSockets(2L * mostBytes + BESIDE))
                .connectTimeout(CONNECT)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .proxySelector(new Proxies(direct))
                .addNetworkInterceptor(new ReadableLength())
                .build();
    }

    synchronized OkHttpClient of(URI uri) {
        if (!"https".equalsIgnoreCase(uri.getScheme())) {
            return plain;
        }
        if (secured == null) {
            Security used = security == null ? usual() : security;
            secured = plain.newBuilder()
                    .connectionSpecs(List.of(AS_JAVA))
                    .sslSocketFactory(new NamedSockets(used.sockets(), used.name()), used.manager())
                    // The sockets have compared the name in the handshake, as Java does: common names count, too.
                    .hostnameVerifier((host, session) -> true)
                    .build();
        }
        return secured;
    }

    private static Security usual() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            SSLSocketFactory sockets = SSLContext.getDefault().getSocketFactory();
            return new Security(sockets, Security.first(factory.getTrustManagers()), "");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /** Those of the process, but for what none may see. */
    private static final class Proxies extends ProxySelector {
        private final Predicate<URI> direct;

        Proxies(Predicate<URI> direct) {
            this.direct = direct;
        }

        @Override
        public List<Proxy> select(URI uri) {
            ProxySelector ofProcess = ProxySelector.getDefault();
            return ofProcess == null || direct.test(uri) ? List.of(Proxy.NO_PROXY) : ofProcess.select(uri);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress proxy, IOException fault) {
            ProxySelector ofProcess = ProxySelector.getDefault();
            if (ofProcess != null) {
                ofProcess.connectFailed(uri, proxy, fault);
            }
        }
    }
}
