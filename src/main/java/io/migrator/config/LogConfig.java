package io.migrator.config;

/**
 * The {@code log:} section.
 *
 * @param level debug, info, warn or error
 */
public record LogConfig(String level, boolean console, String fileName, int maxSizeMiB, int maxDays, int maxBackups) {}
