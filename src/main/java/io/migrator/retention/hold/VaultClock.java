package io.migrator.retention.hold;

import io.migrator.config.StorageConfig;
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
    public static VaultClock of(StorageConfig vault) {
        return ServerClock.ahead(vault)
                .map(ahead -> new VaultClock(Instant.now().plus(ahead), true, ahead))
                .orElseGet(() -> new VaultClock(Instant.now(), false, Duration.ZERO));
    }
}
