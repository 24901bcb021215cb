package io.migrator.store.throttle;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** A clock that goes on only when somebody waits for it. */
public final class FakeTime {
    private final AtomicLong now = new AtomicLong();

    public Pace pace(long perSecond) {
        return new Pace(perSecond, now::get, this::pass);
    }

    /** One of several processes that share it. */
    Pace pace(long perSecond, IntSupplier sharers) {
        return new Pace(perSecond, sharers, now::get, this::pass);
    }

    void pass(long nanos) {
        now.addAndGet(nanos);
    }

    public long millis() {
        return now.get() / 1_000_000;
    }
}
