package io.migrator.config.outside;

import io.migrator.config.Secret;
import java.time.Duration;
import java.util.Map;

/**
 * The section {@code metrics:}.
 *
 * @param textfile file or folder; empty for none
 * @param gatewayUrl empty for none
 * @param token takes the place of user and password
 * @param labels put on every series
 * @param interval between what is told of a run that goes on; zero for its begin and end alone
 * @param caCertPath PEM; empty for the authorities of Java
 */
public record MetricsConfig(
        String textfile,
        String gatewayUrl,
        String user,
        Secret password,
        Secret token,
        Map<String, String> labels,
        Duration interval,
        Duration timeout,
        String caCertPath) {
    public boolean given() {
        return !textfile.isEmpty() || !gatewayUrl.isEmpty();
    }
}
