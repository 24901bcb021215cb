package io.migrator.config;

/**
 * The {@code log:} section.
 *
 * @param level debug, info, warn or error
 * @param json one JSON object a line in place of text
 */
public record LogConfig(
        String level, boolean console, boolean json, String fileName, int maxSizeMiB, int maxDays, int maxBackups) {
    public static final String FORMAT = "log.format";

    /** One of lines of text. */
    public LogConfig(String level, boolean console, String fileName, int maxSizeMiB, int maxDays, int maxBackups) {
        this(level, console, false, fileName, maxSizeMiB, maxDays, maxBackups);
    }
}
