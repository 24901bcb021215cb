package io.migrator.fake.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Rows that are not on disk yet, and how often a client still has to ask until a flush is over. */
public final class Flushing {
    private final Map<Long, SegmentFiles> growing = new ConcurrentHashMap<>();
    private final AtomicInteger asksLeft = new AtomicInteger();

    /** What the growing or sealed segments will write, by segment id. */
    public Map<Long, SegmentFiles> growing() {
        return growing;
    }

    /** A flush began: it is over after so many questions. */
    public void begin(int asks) {
        asksLeft.set(asks);
    }

    /** Whether the flush is over; each question brings that nearer. */
    public boolean over() {
        return asksLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
    }
}
