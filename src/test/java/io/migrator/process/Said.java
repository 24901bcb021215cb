package io.migrator.process;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** What a process has said until now; who waits for a line is woken by it, and does not look all the time. */
final class Said {
    private final List<String> lines;
    private boolean ended;

    /** @param lines is added to; safe for many threads */
    Said(List<String> lines) {
        this.lines = lines;
    }

    synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits for such a line; false where it ended without one. */
    synchronized boolean await(Predicate<String> wanted, Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        int seen = 0;
        while (true) {
            for (; seen < lines.size(); seen++) {
                if (wanted.test(lines.get(seen))) {
                    return true;
                }
            }
            if (ended) {
                return false;
            }
            long left = until - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("not said within " + atMost + ": " + lines);
            }
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
