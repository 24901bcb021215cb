package io.migrator.store.azure;

import io.migrator.config.StorageConfig;
import java.util.regex.Pattern;

/**
 * The URL of an account, as milvus-backup builds it: {@code https://ACCOUNT.blob.ADDRESS}, whatever useSSL says. An
 * address that cannot have names below it (an IP address, or one word such as {@code localhost}) is an emulator's, with
 * the account in the path.
 */
final class AzureEndpoint {
    private static final Pattern NO_NAMES_BELOW = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:]+]?|[^.]+");
    private static final int HTTPS = 443;

    private AzureEndpoint() {}

    static String of(StorageConfig config) {
        String account = config.accessKeyId().reveal();
        if (NO_NAMES_BELOW.matcher(config.address()).matches()) {
            String scheme = config.useSsl() ? "https" : "http";
            return "%s://%s:%d/%s".formatted(scheme, config.address(), config.port(), account);
        }
        String start = account + ".blob.";
        String host = config.address().startsWith(start) ? config.address() : start + config.address();
        return "https://" + host + (config.port() == HTTPS ? "" : ":" + config.port());
    }
}
