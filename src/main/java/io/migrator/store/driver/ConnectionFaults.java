package io.migrator.store.driver;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.ProviderException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says why a server could not be reached, in the same words for every store. */
public final class ConnectionFaults {
    private final StorageConfig config;
    private final SideKeys keys;
    private final String server;
    private @Nullable Boolean tls;

    public ConnectionFaults(StorageConfig config) {
        this.config = config;
        this.keys = new SideKeys(config.side());
        this.server = config.address() + ":" + config.port();
    }

    /**
     * UNREACHABLE, with the configuration key to check.
     *
     * @param io what the connection failed with, null where that is not known
     */
    public MigratorException broken(String verb, String thing, @Nullable IOException io, Throwable fault) {
        String addressKeys = "Check %s and %s.".formatted(config.side().addressKey(), keys.key("port"));
        if (io instanceof UnknownHostException || isUnresolved(io)) {
            return unreachable(verb, thing, "host '" + config.address() + "' is not known", addressKeys, fault);
        }
        if (io instanceof ConnectException || io instanceof NoRouteToHostException) {
            return unreachable(
                    verb, thing, "nothing answers on " + server, "Check that the server runs. " + addressKeys, fault);
        }
        if (io instanceof SocketTimeoutException || io instanceof HttpTimeoutException) {
            return unreachable(verb, thing, server + " did not answer in time", addressKeys, fault);
        }
        if (io instanceof SSLException
                && (TlsProbe.isAboutCertificate(io) || io instanceof SSLPeerUnverifiedException)) {
            return MigratorException.unable(
                    Failure.USAGE,
                    verb,
                    thing,
                    "the certificate of %s is not trusted: %s".formatted(server, io.getMessage()),
                    "Set %s to a PEM file with the authority that issued it (the variable SSL_CERT_FILE is read, too), and %s to a name that the certificate is for."
                            .formatted(keys.key("caCertPath"), config.side().addressKey()),
                    fault);
        }
        if (io instanceof SSLException && TlsProbe.speaksPlainHttp(config.address(), config.port())) {
            return otherScheme(verb, thing, server + " speaks plain HTTP and no TLS", "false", fault);
        }
        if (io instanceof SSLException) {
            return unreachable(
                    verb,
                    thing,
                    "TLS with %s failed: %s".formatted(server, io.getMessage()),
                    "Check %s and the certificate of the server.".formatted(keys.key("useSSL")),
                    fault);
        }
        if (!config.encrypted() && speaksTls()) {
            return otherScheme(verb, thing, server + " speaks TLS", "true", fault);
        }
        String reason = String.valueOf((io == null ? fault : io).getMessage());
        return unreachable(verb, thing, "the connection to %s broke: %s".formatted(server, reason), addressKeys, fault);
    }

    /**
     * UNREACHABLE where a client stumbles over an answer, by whatever exception that does.
     *
     * @param kind whose answer was expected
     */
    public MigratorException stumbled(String verb, String thing, String kind, Exception fault) {
        return unreachable(
                verb,
                thing,
                "the answer of %s is not what %s sends".formatted(server, kind),
                "Check that %s and %s name the right server."
                        .formatted(config.side().addressKey(), keys.key("port")),
                fault);
    }

    /** UNREACHABLE where the service that hands out credentials ({@code useIAM}) is, else DENIED. */
    public MigratorException withoutCredentials(String verb, String thing, ProviderException none) {
        return MigratorException.unable(
                none.getCause() instanceof IOException ? Failure.UNREACHABLE : Failure.DENIED,
                verb,
                thing,
                "no credentials from this machine's role: " + none.getMessage(),
                "Check %s, or set %s to false and give a key.".formatted(keys.key("iamEndpoint"), keys.key("useIAM")),
                none);
    }

    /** Asked once: what a port speaks does not change from one broken connection to the next. */
    private synchronized boolean speaksTls() {
        if (tls == null) {
            tls = TlsProbe.speaksTls(config.address(), config.port());
        }
        return tls;
    }

    private MigratorException otherScheme(String verb, String thing, String cause, String value, Throwable fault) {
        return MigratorException.unable(
                Failure.USAGE,
                verb,
                thing,
                cause,
                "Set %s to %s, or %s to the right port.".formatted(keys.key("useSSL"), value, keys.key("port")),
                fault);
    }

    /** So the JDK's own HTTP client puts it. */
    private static boolean isUnresolved(@Nullable IOException io) {
        Throwable cause = io;
        while (cause != null && !(cause instanceof UnresolvedAddressException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private static MigratorException unreachable(
            String verb, String thing, String cause, String advice, Throwable fault) {
        return MigratorException.unable(Failure.UNREACHABLE, verb, thing, cause, advice, fault);
    }
}
