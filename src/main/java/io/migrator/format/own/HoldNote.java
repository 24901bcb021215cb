package io.migrator.format.own;

import io.migrator.format.Copies;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code migrator/hold.json}: that the backup it lies in is to stay.
 *
 * @param until when that ends; null for never
 * @param reason the user's words; empty for none
 * @param by user and host that said so
 * @param at when
 */
public record HoldNote(@Nullable Instant until, String reason, String by, Instant at) {
    public HoldNote {
        reason = Copies.of(reason);
        by = Copies.of(by);
        at = Copies.of(at);
    }

    /** Stands for one that cannot be read: somebody meant the backup to stay. */
    public static HoldNote unreadable() {
        return new HoldNote(null, "hold.json cannot be read", "", Instant.EPOCH);
    }

    public boolean holds(Instant now) {
        return until == null || now.isBefore(until);
    }

    /** For a user: {@code held until 2027-01-01T00:00:00Z: audit}. */
    public String told() {
        return "held" + (until == null ? "" : " until " + until) + (reason.isEmpty() ? "" : ": " + reason);
    }
}
