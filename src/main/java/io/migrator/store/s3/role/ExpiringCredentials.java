package io.migrator.store.s3.role;

import io.minio.credentials.Credentials;
import io.minio.credentials.Provider;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keys that are asked for anew shortly before they expire. Safe for many threads. */
abstract class ExpiringCredentials implements Provider {
    /** A copy that has begun with the old keys may take minutes. */
    static final Duration EARLY = Duration.ofMinutes(5);

    /** Keys and how long they are good. */
    record Issued(String accessKey, String secretKey, String token, Instant expires) {}

    private @Nullable Issued last;

    @Override
    public final synchronized Credentials fetch() {
        Issued keys = last;
        if (keys == null || Instant.now().plus(EARLY).isAfter(keys.expires())) {
            keys = issue();
            last = keys;
        }
        return new Credentials(keys.accessKey(), keys.secretKey(), keys.token(), null);
    }

    /** Asks for keys; {@link java.security.ProviderException} where there are none. */
    abstract Issued issue();
}
