package io.migrator.lease;

import io.migrator.config.SecondsProperty;
import io.migrator.format.own.Lease;
import io.migrator.store.driver.Retry;
import java.time.Duration;

/**
 * How often a lease is renewed, and how long another must have looked at it unchanged before it counts as left.
 *
 * @param interval between two renewals
 */
public record LeaseTerms(Duration interval) {
    private static final SecondsProperty INTERVAL =
            new SecondsProperty("migrator.lease.intervalSeconds", Duration.ofSeconds(10));
    private static final Duration SHORTEST = Duration.ofMillis(10);
    /** A holder may miss two renewals for a slow store, a long pause of its JVM or a lost packet. */
    private static final int MISSED = 3;

    /** What holds for this process; USAGE where the property is no such number. */
    public static LeaseTerms usual() {
        return new LeaseTerms(INTERVAL.value());
    }

    /** How long this lease must be seen unchanged; its holder's interval counts, whatever the observer's own is. */
    Duration staleAfter(Lease other) {
        Duration theirs = Duration.ofMillis(other.intervalMillis());
        Duration sane = theirs.compareTo(SHORTEST) < 0 ? interval : theirs;
        Duration longest = SecondsProperty.LONGEST;
        return (sane.compareTo(longest) > 0 ? longest : sane).multipliedBy(MISSED);
    }

    /** How long others wait for a lease of these terms that nobody gives back. */
    Duration stale() {
        return interval.multipliedBy(MISSED);
    }

    /** As long as this after a renewal a holder begins a write without asking first: nobody can have taken over. */
    Duration sure() {
        return interval.multipliedBy(MISSED - 1L);
    }

    /** Between two looks at another's lease. */
    Duration look() {
        return Duration.ofMillis(Math.max(5, Math.min(1000, interval.toMillis() / 10)));
    }

    /**
     * Six attempts, usually 3 to 6 s of pauses: the end of a run is not to wait long for a vault that is gone. Less where others
     * wait less: what is stale need not be given back.
     */
    Retry givingBack() {
        Duration longest = Duration.ofMillis(200);
        Duration first = interval.dividedBy(50);
        return new Retry(6, first.compareTo(longest) < 0 ? first : longest, Duration.ofSeconds(15));
    }

    /** How long to wait before reading back, where the store keeps no conditions. */
    Duration settle() {
        return interval.dividedBy(5);
    }
}
