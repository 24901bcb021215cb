package io.migrator.report;

import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class ByteSize {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private ByteSize() {}

    public static String text(double bytes) {
        int unit = 0;
        double amount = bytes;
        while (amount >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }

    /** Such as {@code 99.7 %}; never {@code 100.0 %} of what is not all. */
    public static String share(long bytes, long all) {
        double percent = all == 0 ? 0 : 100.0 * bytes / all;
        return String.format(Locale.ROOT, "%.1f %%", bytes < all ? Math.min(percent, 99.9) : percent);
    }
}
