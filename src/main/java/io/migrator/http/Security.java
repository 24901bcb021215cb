package io.migrator.http;

import java.util.Arrays;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Whom connections trust.
 *
 * @param name that certificates must be for, whatever address they are found at; empty for the address
 */
public record Security(SSLSocketFactory sockets, X509TrustManager manager, String name) {
    /** What Java makes of a store of authorities has one. */
    public static X509TrustManager first(TrustManager[] managers) {
        return Arrays.stream(managers)
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
