package io.migrator.config.outside;

import java.time.Duration;

/**
 * What is told outside of a run.
 *
 * @param reportFile file or folder of the report that each run ends with; empty for none
 */
public record OutsideConfig(
        RecordsKept records, MetricsConfig metrics, NotifyConfig notifications, HooksConfig hooks, String reportFile) {
    /** All that is sent and run after a run takes no longer than that. */
    public static final Duration LONGEST = Duration.ofSeconds(10);

    /** The same after a run that was stopped: whoever stops it waits. */
    public static final Duration LONGEST_WHEN_STOPPED = Duration.ofSeconds(5);

    /** How many records of runs are kept, and for how many days. */
    public record RecordsKept(int keep, int days) {}

    /**
     * Commands around each run.
     *
     * @param before command and arguments; empty for none
     * @param timeout after which one that goes on is ended
     */
    public record HooksConfig(String before, String after, Duration timeout) {}
}
