package io.migrator.retention.hold;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.ServerClock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time by the clock of the vault's store, which all who use the vault share; by our own where it tells none. Only of a
 * folder is that the same clock: elsewhere nothing may be deleted by it.
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

    /** By which dated holds end: where the store should tell the time and does not, none does. */
    Instant forHolds(StorageConfig vault) {
        return knows(vault) ? now : Instant.MIN;
    }

    private boolean knows(StorageConfig vault) {
        return told || vault.type() == StorageType.LOCAL;
    }

    /** UNREACHABLE where the store does not tell its time, unless it is a folder. */
    public void requireTold(StorageConfig vault) {
        if (!knows(vault)) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "expire",
                    vault.display(),
                    "the store does not tell its time, by which backups are judged",
                    "Nothing was deleted. Run the command again; where that does not help, a proxy between here and the"
                            + " store takes the Date header from its answers, or does not answer a HEAD of its root.");
        }
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
