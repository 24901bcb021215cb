package io.migrator.store.driver;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities that connections to a store trust: those of Java, and one of the user's own. */
public record Trust(SSLContext context, X509TrustManager manager) {
    /** As programs in Go read it; in what it names there may be Java's authorities, too. */
    private static final String VARIABLE = "SSL_CERT_FILE";

    /** Empty where Java's own are all; USAGE where the configured file cannot be used. */
    public static Optional<Trust> of(StorageConfig config) {
        return of(config, System.getenv(VARIABLE));
    }

    /** The same for who hands out tokens for the store, over TLS even where the store itself has none. */
    public static Optional<Trust> forTokens(StorageConfig config) {
        return own(config, System.getenv(VARIABLE));
    }

    static Optional<Trust> of(StorageConfig config, @Nullable String variable) {
        return config.encrypted() ? own(config, variable) : Optional.empty();
    }

    private static Optional<Trust> own(StorageConfig config, @Nullable String variable) {
        List<Certificate> own = new ArrayList<>();
        if (!config.caCertPath().isEmpty()) {
            String key = new SideKeys(config.side()).key("caCertPath");
            try {
                own.addAll(certificates(config.caCertPath()));
            } catch (IOException | CertificateException e) {
                throw MigratorException.unable(
                        Failure.USAGE,
                        "read",
                        config.caCertPath(),
                        e instanceof IOException ? e.toString() : String.valueOf(e.getMessage()),
                        "Set %s to a PEM file of certificates on this machine.".formatted(key),
                        e);
            }
        } else if (variable != null && !variable.isEmpty()) {
            try {
                own.addAll(certificates(variable));
            } catch (IOException | CertificateException e) {
                // Go does without it, too; what it was needed for fails with the key to set.
                return Optional.empty();
            }
        }
        return own.isEmpty() ? Optional.empty() : Optional.of(with(own));
    }

    private static Collection<? extends Certificate> certificates(String path)
            throws IOException, CertificateException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(Path.of(path)))) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(file);
            if (found.isEmpty()) {
                throw new CertificateException("it holds no certificate");
            }
            return found;
        }
    }

    private static Trust with(List<Certificate> own) {
        try {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(null, null);
            int number = 0;
            for (X509Certificate usual : manager(null).getAcceptedIssuers()) {
                all.setCertificateEntry("usual-" + number++, usual);
            }
            for (Certificate one : own) {
                all.setCertificateEntry("own-" + number++, one);
            }
            X509TrustManager manager = manager(all);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return new Trust(context, manager);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager usual) {
                return usual;
            }
        }
        throw new GeneralSecurityException("no manager of X.509");
    }
}
