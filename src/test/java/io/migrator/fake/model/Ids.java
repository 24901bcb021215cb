package io.migrator.fake.model;

import java.util.concurrent.atomic.AtomicLong;

/** Gives out ids and hybrid time stamps, ascending, as the root coordinator does. */
public final class Ids {
    private static final int LOGICAL_BITS = 18;

    private final AtomicLong lastId = new AtomicLong((System.currentTimeMillis() << LOGICAL_BITS) >> 1);
    private final AtomicLong lastTimestamp = new AtomicLong();

    public long next() {
        return lastId.incrementAndGet();
    }

    /** {@code unix milliseconds << 18 | counter}, later than any given out before. */
    public long timestamp() {
        long now = System.currentTimeMillis() << LOGICAL_BITS;
        return lastTimestamp.updateAndGet(last -> Math.max(last + 1, now));
    }

    public static long millis(long timestamp) {
        return timestamp >>> LOGICAL_BITS;
    }

    public static long seconds(long timestamp) {
        return millis(timestamp) / 1000;
    }
}
