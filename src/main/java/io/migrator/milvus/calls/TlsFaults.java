package io.migrator.milvus.calls;

import io.migrator.config.MilvusConfig;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;

/** Says why two sides did not agree on TLS, and which keys of the configuration decide about that. */
final class TlsFaults {
    /** The last: another authority of the same name. */
    private static final List<String> UNTRUSTED =
            List.of("unable to find valid certification path", "validation failed", "signature check failed");

    private TlsFaults() {}

    /** The innermost reason, in words. */
    static String cause(Throwable fault) {
        String told = "";
        for (Throwable link = fault; link != null; link = link.getCause()) {
            boolean tls = link instanceof SSLException || link instanceof CertificateException;
            boolean path = link.getClass().getName().contains("CertPath");
            if ((tls || path) && link.getMessage() != null) {
                told = link.getMessage();
            }
        }
        if (UNTRUSTED.stream().anyMatch(told::contains)) {
            return "its certificate is signed by an authority that is not trusted (" + told + ")";
        }
        if (told.contains("subject alternative") || told.contains("No name matching")) {
            return "its certificate is for another name (" + told + ")";
        }
        if (told.contains("certificate_required") || told.contains("bad_certificate")) {
            return "it wants a client's certificate (" + told + ")";
        }
        return "no agreement on TLS (" + Answers.line(told) + ")";
    }

    static String advice(MilvusConfig config) {
        return "Check milvus.caCertPath (the authority that signed the server's certificate), milvus.serverName (now '%s'),"
                        .formatted(Tls.serverName(config))
                + " milvus.tlsMode, and for tlsMode 2 milvus.mtlsCertPath and milvus.mtlsKeyPath.";
    }
}
