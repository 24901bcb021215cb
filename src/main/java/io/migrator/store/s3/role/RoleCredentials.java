package io.migrator.store.s3.role;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.KnownSecrets;
import io.migrator.store.driver.Trust;
import io.migrator.store.token.TokenCalls;
import io.minio.credentials.Credentials;
import io.minio.credentials.Provider;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of a role come from, by storage type; {@code iamEndpoint} takes the place of the address that the cloud
 * has for it. Every source throws {@link java.security.ProviderException} where it has none.
 */
public final class RoleCredentials {
    private RoleCredentials() {}

    /** Whether requests bear a token instead of a signature. */
    public static boolean bearsToken(StorageConfig config) {
        return config.useIam() && config.type() == StorageType.GCP;
    }

    /**
     * The source of keys to sign with; keys are kept until shortly before they expire.
     *
     * @param answer time for an answer of the store, which who hands out keys has no more than
     */
    public static Provider keys(StorageConfig config, Duration answer) {
        String endpoint = config.iamEndpoint();
        return switch (config.type()) {
            case ALI -> new AliyunRole(endpoint, System::getenv, new TokenCalls(config, answer));
            case TC -> new TencentRole(endpoint, System::getenv, new TokenCalls(config, answer));
            case HWC -> new HuaweiRole(endpoint, new TokenCalls(config, answer));
            default ->
                told(new AwsRole(
                        orNull(endpoint),
                        endpoint.startsWith("http://") ? Optional.empty() : Trust.forTokens(config),
                        TokenCalls.limit(answer)));
        };
    }

    /** Puts the token of the machine's service account on each request. */
    public static Interceptor bearer(StorageConfig config, Duration answer) {
        return new GoogleBearer(config.iamEndpoint(), new TokenCalls(config, answer));
    }

    private static Provider told(Provider provider) {
        return () -> {
            Credentials keys = provider.fetch();
            KnownSecrets.ofThisProcess().learn(keys.secretKey());
            KnownSecrets.ofThisProcess()
                    .learn(Optional.ofNullable(keys.sessionToken()).orElse(""));
            return keys;
        };
    }

    private static @Nullable String orNull(String endpoint) {
        return endpoint.isEmpty() ? null : endpoint;
    }
}
