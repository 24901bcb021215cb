package io.migrator.check;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The clock of a store, by the Date header that every HTTP answer has, a refusal too. */
final class ServerClock {
    private static final int TIMEOUT_MILLIS = 5_000;

    private ServerClock() {}

    /** How far the store's clock is ahead of ours, to the second; empty where the store does not tell. */
    static Optional<Duration> ahead(StorageConfig config) {
        if (config.type() == StorageType.LOCAL) {
            return Optional.empty();
        }
        try {
            String scheme = config.useSsl() ? "https" : "http";
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(scheme + "://" + config.address() + ":" + config.port() + "/")
                            .toURL()
                            .openConnection();
            connection.setRequestMethod("HEAD");
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            Instant before = Instant.now();
            connection.getResponseCode();
            long date = connection.getDate();
            Instant middle = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
            connection.disconnect();
            return date == 0 ? Optional.empty() : Optional.of(Duration.between(middle, Instant.ofEpochMilli(date)));
        } catch (IOException | IllegalArgumentException e) {
            // Whether the store can be reached is another look's finding.
            return Optional.empty();
        }
    }
}
