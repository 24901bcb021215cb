package io.migrator.cli.job;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often a preset says that it runs: {@code every: 24h}, {@code every: 1d12h}. */
public final class Every {
    static final String FORM = "([1-9][0-9]{0,4}[mhdw]){1,3}";

    private static final Pattern PART = Pattern.compile("([0-9]+)([mhdw])");
    private static final Map<String, Duration> UNITS = Map.of(
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7));

    private Every() {}

    /** 0 for an empty text. */
    public static long seconds(String text) {
        long seconds = 0;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            seconds += UNITS.getOrDefault(parts.group(2), Duration.ZERO)
                    .multipliedBy(Long.parseLong(parts.group(1)))
                    .toSeconds();
        }
        return seconds;
    }
}
