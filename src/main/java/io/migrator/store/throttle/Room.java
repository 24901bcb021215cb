package io.migrator.store.throttle;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Memory for objects on their way. The heap is the process's, and a worker may copy for one run, copy for another and read for a
 * third at once: what each of them may hold alone is more than there is for all. Safe for many threads.
 */
public final class Room {
    /** A part of the heap: half, for large blocks fit badly into it. */
    public static final Room ON_HEAP = new Room(Runtime.getRuntime().maxMemory() / 2);

    /** Outside it there may be as much again as the heap, but others use of that, too. */
    public static final Room OFF_HEAP = new Room(Runtime.getRuntime().maxMemory() / 4 * 3);

    /** How soon a stop is noticed: what is waited for may be another run's, which is not stopped. */
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private final int all;
    private final Semaphore free;

    public Room(long bytes) {
        all = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes >> 20));
        free = new Semaphore(all, true);
    }

    /**
     * Waits for so much, or for all where that is less; false where a stop was asked for before, or an interrupt, whose flag stays.
     * Who holds some must not wait for more.
     */
    public boolean take(int mib, BooleanSupplier stop) {
        try {
            while (!stop.getAsBoolean()) {
                if (free.tryAcquire(Math.min(mib, all), LONGEST_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Gives back what was taken. */
    public void give(int mib) {
        free.release(Math.min(mib, all));
    }

    /** In MiB. */
    public int free() {
        return free.availablePermits();
    }
}
