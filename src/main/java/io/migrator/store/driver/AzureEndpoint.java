package io.migrator.store.driver;

import io.migrator.config.StorageConfig;
import io.migrator.config.UriHost;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;

/**
 * The URL of an account, as milvus-backup builds it: {@code https://ACCOUNT.blob.ADDRESS}, whatever useSSL says. An
 * address that cannot have names below it (an IP address, or one word such as {@code localhost}) is an emulator's, with
 * the account in the path.
 */
public final class AzureEndpoint {
    private static final int HTTPS = 443;

    private AzureEndpoint() {}

    public static String of(StorageConfig config) {
        String account = config.accessKeyId().reveal();
        requireTaken(config);
        if (config.emulator()) {
            String scheme = config.useSsl() ? "https" : "http";
            return "%s://%s:%d/%s"
                    .formatted(
                            scheme, UriHost.of(config.address(), config.side().addressKey()), config.port(), account);
        }
        String start = account + ".blob.";
        String host = config.address().startsWith(start) ? config.address() : start + config.address();
        return "https://" + host + (config.port() == HTTPS ? "" : ":" + config.port());
    }

    /** Azure's client takes the colons of an IPv6 address for those of a port, and its URIs know no '_'. */
    private static void requireTaken(StorageConfig config) {
        String address = config.address();
        if (address.startsWith("[") || (address.indexOf('_') >= 0 && address.indexOf('.') >= 0)) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "open",
                    config.display(),
                    "Azure's client takes no IPv6 address, and no name with '_' below a domain",
                    "Set %s to another name of the host."
                            .formatted(config.side().addressKey()));
        }
    }
}
