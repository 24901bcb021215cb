package io.migrator.lease;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.Lease;
import java.time.Duration;

/**
 * How often a lease is renewed, and how long another must have looked at it unchanged before it counts as left.
 *
 * @param interval between two renewals
 */
public record LeaseTerms(Duration interval) {
    /** System property: seconds between two renewals, 1 to 600. */
    public static final String PROPERTY = "migrator.lease.intervalSeconds";

    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** A holder may miss two renewals for a slow store, a long pause of its JVM or a lost packet. */
    private static final int MISSED = 3;

    /** What holds for this process; USAGE where the property is no such number. */
    public static LeaseTerms usual() {
        String text = System.getProperty(PROPERTY, "");
        if (text.isEmpty()) {
            return new LeaseTerms(USUAL);
        }
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > LONGEST.toSeconds()) {
            throw MigratorException.unable(
                    Failure.USAGE, "read", "-D" + PROPERTY, "'" + text + "' is no number of seconds", "Give 1 to 600.");
        }
        return new LeaseTerms(Duration.ofSeconds(Integer.parseInt(text)));
    }

    /** How long this lease must be seen unchanged; its holder's interval counts, whatever the observer's own is. */
    Duration staleAfter(Lease other) {
        Duration theirs = Duration.ofMillis(other.intervalMillis());
        Duration sane = theirs.compareTo(SHORTEST) < 0 ? interval : theirs;
        return (sane.compareTo(LONGEST) > 0 ? LONGEST : sane).multipliedBy(MISSED);
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

    /** How long to wait before reading back, where the store keeps no conditions. */
    Duration settle() {
        return interval.dividedBy(5);
    }
}
