package io.migrator.retention.hold;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.ServerClock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time by the clock of the vault's store, which all who use the vault share; by our own where it tells none, as a
 * folder.
 *
 * @param ahead how far that clock is ahead of ours; zero where it tells none
 */
public record VaultClock(Instant now, boolean told, Duration ahead) {
    private static final Duration MOST = Duration.ofMinutes(5);

    public static VaultClock of(StorageConfig vault) {
        return ServerClock.ahead(vault)
                .map(ahead -> new VaultClock(Instant.now().plus(ahead), true, ahead))
                .orElseGet(() -> new VaultClock(Instant.now(), false, Duration.ZERO));
    }

    /** USAGE where our clock and the store's differ by more than five minutes: one of the two would have too much go. */
    public void requireAgreed(StorageConfig vault) {
        if (ahead.abs().compareTo(MOST) > 0) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "expire",
                    vault.display(),
                    "the clock of this host is %s %s the store's"
                            .formatted(
                                    Counted.of(ahead.abs().toMinutes(), "minute"),
                                    ahead.isNegative() ? "ahead of" : "behind"),
                    "Nothing was deleted. Set the clock that is wrong.");
        }
    }
}
