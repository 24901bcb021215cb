package io.migrator.retention.rules;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** What a calendar divides time into; weeks are those of ISO 8601. */
public enum Period {
    HOURLY("hour") {
        @Override
        String key(ZonedDateTime at) {
            // With its offset: the hour that a change of clocks repeats is two hours.
            return at.truncatedTo(ChronoUnit.HOURS).toOffsetDateTime().toString();
        }
    },
    DAILY("day") {
        @Override
        String key(ZonedDateTime at) {
            return at.toLocalDate().toString();
        }
    },
    WEEKLY("week") {
        @Override
        String key(ZonedDateTime at) {
            return "%d-W%02d".formatted(at.get(IsoFields.WEEK_BASED_YEAR), at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        }
    },
    MONTHLY("month") {
        @Override
        String key(ZonedDateTime at) {
            return "%d-%02d".formatted(at.getYear(), at.getMonthValue());
        }
    },
    YEARLY("year") {
        @Override
        String key(ZonedDateTime at) {
            return String.valueOf(at.getYear());
        }
    };

    private final String unit;

    Period(String unit) {
        this.unit = unit;
    }

    abstract String key(ZonedDateTime at);

    /** The period that the moment is in, for people and to be compared. */
    String of(Instant moment, ZoneId zone) {
        return unit + " " + key(moment.atZone(zone));
    }

    /** Several of them. */
    public String many() {
        return unit + "s";
    }

    /** As parameters end: {@code daily}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
