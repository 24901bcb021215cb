package io.migrator.milvus.read;

import java.time.Instant;

/** Milvus' timestamps: milliseconds since 1970 above a counter of 18 bits. */
public final class HybridTime {
    private static final int COUNTER_BITS = 18;

    private HybridTime() {}

    /** The first of that millisecond. */
    static long of(long millis) {
        return millis << COUNTER_BITS;
    }

    /** Milliseconds since 1970, rounded up: nothing up to the timestamp is later. */
    public static long millis(long timestamp) {
        return (timestamp + of(1) - 1) >>> COUNTER_BITS;
    }

    /** Rounded up to milliseconds. */
    public static Instant instant(long timestamp) {
        return Instant.ofEpochMilli(millis(timestamp));
    }
}
