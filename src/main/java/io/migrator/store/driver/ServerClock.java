package io.migrator.store.driver;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.http.Exchange;
import io.migrator.http.Security;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clock of a store, by the Date header that every HTTP answer has, a refusal too. */
public final class ServerClock {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private ServerClock() {}

    /** How far the store's clock is ahead of ours, to the second; empty where the store does not tell. */
    public static Optional<Duration> ahead(StorageConfig config) {
        if (config.type() == StorageType.LOCAL) {
            return Optional.empty();
        }
        try {
            URI root = root(config);
            Instant before = Instant.now();
            Exchange.Answer answer = new Exchange(security(config), uri -> false, 0)
                    .of(new Exchange.Question("HEAD", root, List.of(), null, -1), LIMIT);
            Instant middle = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
            return answer.headers().getOrDefault("date", List.of()).stream()
                    .findFirst()
                    .map(date ->
                            Duration.between(middle, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date))));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            // Whether the store can be reached is another look's finding.
            return Optional.empty();
        }
    }

    /** Of the host that the driver asks; another may not be there, or not be the store's. */
    static URI root(StorageConfig config) {
        if (config.type() == StorageType.AZURE) {
            return URI.create(AzureEndpoint.of(config) + "/");
        }
        String scheme = config.useSsl() ? "https" : "http";
        return URI.create(scheme + "://" + config.address() + ":" + config.port() + "/");
    }

    private static @Nullable Security security(StorageConfig config) {
        return Trust.of(config)
                .map(trust -> new Security(trust.context().getSocketFactory(), trust.manager(), ""))
                .orElse(null);
    }
}
