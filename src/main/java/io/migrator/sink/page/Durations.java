package io.migrator.sink.page;

import java.util.Locale;

/** Times as people read them. */
final class Durations {
    private Durations() {}

    static String of(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%d:%02d:%02d h", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
