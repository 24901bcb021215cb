package io.migrator.cli.output;

import io.migrator.report.ByteSize;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers as people read them. */
public final class Amounts {
    private Amounts() {}

    public static String bytes(double bytes) {
        return ByteSize.text(bytes);
    }

    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** How old something is: in days, once it is older than two. */
    public static String age(Duration age) {
        return age.toDays() > 2 ? age.toDays() + " days" : duration(age.truncatedTo(ChronoUnit.SECONDS));
    }

    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds / 60 % 60);
    }
}
