package io.migrator.store.throttle;

import java.util.ArrayDeque;
import java.util.Deque;
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
    /** In the order in which they came: many that want little would keep one that wants much waiting for ever. */
    private final Deque<Object> waiting = new ArrayDeque<>();

    private int free;

    public Room(long bytes) {
        all = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes >> 20));
        free = all;
    }

    /**
     * Waits for so much, or for all where that is less; false where a stop was asked for before, or an interrupt, whose flag stays.
     * Who holds some must not wait for more.
     */
    public synchronized boolean take(int mib, BooleanSupplier stop) {
        int wanted = Math.min(mib, all);
        Object place = new Object();
        waiting.add(place);
        try {
            while (!stop.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                if (free >= wanted && place.equals(waiting.peek())) {
                    free -= wanted;
                    return true;
                }
                wait(LONGEST_PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.remove(place);
            notifyAll();
        }
        return false;
    }

    /** Gives back what was taken. */
    public synchronized void give(int mib) {
        free += Math.min(mib, all);
        notifyAll();
    }

    /** In MiB. */
    public synchronized int free() {
        return free;
    }
}
