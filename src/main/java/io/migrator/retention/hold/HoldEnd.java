package io.migrator.retention.hold;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** When a hold ends, as a user says it: a day ({@code 2027-01-01}, from 00:00 UTC on) or a moment with its offset. */
public final class HoldEnd {
    private HoldEnd() {}

    /** USAGE for anything else, and for what is over. */
    public static Instant parse(String text, Instant now) {
        Instant end;
        try {
            end = text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw refused(text, "it is no date");
        }
        if (!end.isAfter(now)) {
            throw refused(text, "that is over already");
        }
        return end;
    }

    private static MigratorException refused(String text, String cause) {
        return MigratorException.unable(
                Failure.USAGE,
                "hold until",
                text,
                cause,
                "Give a day such as 2027-01-31, or a moment such as 2027-01-31T12:00:00Z; without --until a hold has no end.");
    }
}
