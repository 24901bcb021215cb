package io.migrator.store.driver;

import io.migrator.failure.Counted;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a refusal may come from clocks that differ: Azure takes a signature for 15 minutes, Google one that is dated in
 * the future not at all, and both then speak of wrong credentials.
 */
public final class ClockSkew {
    private static final Duration HARMLESS = Duration.ofMinutes(5);

    private ClockSkew() {}

    /**
     * What to say of the clocks, such as {@code the clock of this host is 20 minutes behind the server's}; empty where
     * they agree or the server does not tell.
     *
     * @param date the answer's HTTP header of that name
     */
    public static Optional<String> told(@Nullable String date) {
        if (date == null) {
            return Optional.empty();
        }
        try {
            Instant server = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration behind = Duration.between(Instant.now(), server);
            return behind.abs().compareTo(HARMLESS) < 0
                    ? Optional.empty()
                    : Optional.of("the clock of this host is %s %s the server's"
                            .formatted(
                                    Counted.of(behind.abs().toMinutes(), "minute"),
                                    behind.isNegative() ? "ahead of" : "behind"));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
