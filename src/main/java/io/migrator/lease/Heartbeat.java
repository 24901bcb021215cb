package io.migrator.lease;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Calls again and again on a thread of its own, each time after the pause that the last call asked for. */
final class Heartbeat implements AutoCloseable {
    private static final Duration LAST_BEAT = Duration.ofSeconds(5);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param beat gives the pause until the next one; zero or less ends it
     */
    Heartbeat(Duration first, Supplier<Duration> beat) {
        thread = new Thread(() -> run(first, beat), "vault-lease");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Duration first, Supplier<Duration> beat) {
        Duration pause = first;
        try {
            while (pause.compareTo(Duration.ZERO) > 0 && !closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                pause = beat.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether no beat is under way, nor will be. */
    boolean ended() {
        return !thread.isAlive();
    }

    /** Returns when no beat is under way any more, or after 5 s: a store that hangs must not keep the process. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(LAST_BEAT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
