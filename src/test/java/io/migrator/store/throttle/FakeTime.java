package io.migrator.store.throttle;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes on only when somebody waits for it. */
public final class FakeTime {
    private final AtomicLong now = new AtomicLong();

    public Pace pace(long perSecond) {
        return new Pace(perSecond, now::get, this::pass);
    }

    void pass(long nanos) {
        now.addAndGet(nanos);
    }

    public long millis() {
        return now.get() / 1_000_000;
    }
}
