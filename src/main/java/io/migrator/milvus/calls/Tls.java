package io.migrator.milvus.calls;

import io.migrator.config.MilvusConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.http.Security;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom to trust and how to show who we are over TLS, from the PEM files of the configuration; gRPC and REST alike. */
final class Tls {
    private static final char[] NO_PASSWORD = new char[0];

    private Tls() {}

    /** USAGE, with the key to change, where a file cannot be used. */
    static SSLContext context(MilvusConfig config) {
        try {
            return context(config, trusted(config));
        } catch (GeneralSecurityException e) {
            throw unusable("use", "the certificates of the milvus section", e, "Check the certificate paths.");
        }
    }

    /** The same, for REST. */
    static Security security(MilvusConfig config) {
        try {
            TrustManager[] trusted = trusted(config);
            return new Security(
                    context(config, trusted).getSocketFactory(), Security.first(trusted), config.serverName());
        } catch (GeneralSecurityException e) {
            throw unusable("use", "the certificates of the milvus section", e, "Check the certificate paths.");
        }
    }

    private static SSLContext context(MilvusConfig config, TrustManager[] trusted) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(config), trusted, null);
        return context;
    }

    /** What the server's certificate must be for. */
    static String serverName(MilvusConfig config) {
        return config.serverName().isEmpty() ? config.address() : config.serverName();
    }

    private static TrustManager[] trusted(MilvusConfig config) throws GeneralSecurityException {
        return managers(config.caCertPath().isEmpty() ? null : authorities(config));
    }

    private static KeyStore authorities(MilvusConfig config) throws GeneralSecurityException {
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate authority : certificates("milvus.caCertPath", config.caCertPath())) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        return store;
    }

    /** @param store null for the authorities of Java */
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(MilvusConfig config) throws GeneralSecurityException {
        if (config.tlsMode() != 2) {
            return null;
        }
        Certificate[] chain =
                certificates("milvus.mtlsCertPath", config.mtlsCertPath()).toArray(Certificate[]::new);
        PrivateKey key = PemKey.read(config.mtlsKeyPath());
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("an empty store reads nothing", e);
        }
    }

    private static Collection<? extends Certificate> certificates(String key, String path) {
        String advice = "Set %s to a PEM file of certificates; the certificate paths of the milvus section are read on"
                        .formatted(key)
                + " this machine.";
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(file);
            if (found.isEmpty()) {
                throw unusable("read", path, new CertificateException("it holds no certificate"), advice);
            }
            return found;
        } catch (IOException | CertificateException e) {
            throw unusable("read", path, e, advice);
        }
    }

    static MigratorException unusable(String verb, String thing, Exception cause, String advice) {
        String told = cause instanceof IOException ? cause.toString() : String.valueOf(cause.getMessage());
        return MigratorException.unable(Failure.USAGE, verb, thing, told, advice, cause);
    }
}
