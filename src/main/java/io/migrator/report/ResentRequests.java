package io.migrator.report;

import java.util.concurrent.atomic.LongAdder;

/** How many requests this process sent again. One for the process, since whoever repeats stands far from who reports. */
public final class ResentRequests {
    private static final LongAdder RETRIES = new LongAdder();
    private static final LongAdder REFUSED = new LongAdder();

    private ResentRequests() {}

    /** @param refused whether the server asked for it to come later */
    public static void told(boolean refused) {
        RETRIES.increment();
        if (refused) {
            REFUSED.increment();
        }
    }

    public static long retries() {
        return RETRIES.sum();
    }

    public static long refused() {
        return REFUSED.sum();
    }
}
