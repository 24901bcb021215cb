package io.migrator.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Faults that last: each is ended when its time is over, or all at once. */
final class Lasting {
    private record Fault(Object struck, long until, Runnable end) {}

    private final List<Fault> faults = new ArrayList<>();

    /** @param struck what it hits: one at a time */
    void begin(Object struck, Duration time, Runnable end) {
        faults.add(new Fault(struck, System.nanoTime() + time.toNanos(), end));
    }

    boolean hits(Object struck) {
        return faults.stream().anyMatch(fault -> fault.struck() == struck);
    }

    void endDue() {
        long now = System.nanoTime();
        end(faults.stream().filter(fault -> fault.until() <= now).toList());
    }

    void endAll() {
        end(List.copyOf(faults));
    }

    /** What it hit is gone. */
    void forget(Object struck) {
        faults.removeIf(fault -> fault.struck() == struck);
    }

    private void end(List<Fault> over) {
        over.forEach(fault -> fault.end().run());
        faults.removeAll(over);
    }
}
