package io.migrator.store;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes on only when somebody waits for it. */
final class FakeTime {
    private final AtomicLong now = new AtomicLong();

    Pace pace(long perSecond) {
        return new Pace(perSecond, now::get, this::pass);
    }

    void pass(long nanos) {
        now.addAndGet(nanos);
    }

    long millis() {
        return now.get() / 1_000_000;
    }
}
