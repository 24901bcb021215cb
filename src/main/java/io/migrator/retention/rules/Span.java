package io.migrator.retention.rules;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as calendars count it: {@code 36h}, {@code 14d}, {@code 8w}, {@code 6m}, {@code 2y}, or {@code 1y6m}. */
public record Span(String text) {
    /** What a parameter may be. */
    public static final String FORM = "([1-9][0-9]{0,4}[hdwmy]){1,5}";

    private static final Pattern PART = Pattern.compile("([0-9]+)([hdwmy])");

    public Span {
        if (!text.matches(FORM)) {
            throw new IllegalArgumentException(text);
        }
    }

    /** The moment that long before, in days and months of the zone; USAGE where no calendar goes back that far. */
    public Instant before(Instant moment, ZoneId zone) {
        ZonedDateTime at = moment.atZone(zone);
        Matcher parts = PART.matcher(text);
        try {
            while (parts.find()) {
                at = at.minus(
                        Long.parseLong(parts.group(1)), unit(parts.group(2).charAt(0)));
            }
            return at.toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw MigratorException.unable(
                    Failure.USAGE, "go back", text, "that is before all calendars", "Give a shorter time.", e);
        }
    }

    private static ChronoUnit unit(char letter) {
        return switch (letter) {
            case 'h' -> ChronoUnit.HOURS;
            case 'd' -> ChronoUnit.DAYS;
            case 'w' -> ChronoUnit.WEEKS;
            case 'm' -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
