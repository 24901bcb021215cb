package io.migrator.sink.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as people read them. */
final class Times {
    private Times() {}

    /** How long something took. */
    static String took(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%d:%02d:%02d h", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** A moment, to the second, in UTC. */
    static String at(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The same of one that is written already; other text as it is. */
    static String at(String written) {
        return written.replaceFirst("^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)\\.\\d+Z$", "$1Z");
    }
}
