package io.migrator.fake.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rows that are not on disk yet, and how often a client still has to ask until a flush is over. */
public final class Flushing {
    private final Map<Long, SegmentFiles> growing = new ConcurrentHashMap<>();
    private final Countdown countdown = new Countdown();

    /** What the growing or sealed segments will write, by segment id. */
    public Map<Long, SegmentFiles> growing() {
        return growing;
    }

    /** A flush, which is over after some questions. */
    public Countdown countdown() {
        return countdown;
    }
}
