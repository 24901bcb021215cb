package io.migrator.fake.model;

import java.util.concurrent.atomic.AtomicInteger;

/** Work that goes on while clients ask whether it is over. Not begun, it is over. */
public final class Countdown {
    private final AtomicInteger asksLeft = new AtomicInteger();

    /** It is over after so many questions. */
    public void begin(int asks) {
        asksLeft.set(asks);
    }

    /** Whether it is over; each question brings that nearer. */
    public boolean over() {
        return asksLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
    }
}
