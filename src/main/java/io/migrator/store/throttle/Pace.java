package io.migrator.store.throttle;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * A token bucket that lets its users through evenly: each waits until what was taken before it is paid for. More may be
 * taken at once than comes in a second; the next one waits the longer. Safe for many threads.
 */
public final class Pace {
    /** Waits, or not: tests let a clock of their own go on instead. */
    public interface Pause {
        void nanos(long nanos) throws InterruptedException;
    }

    /** Time not used that may be made up for, so that a thread woken late costs no throughput. */
    private static final long BURST = TimeUnit.MILLISECONDS.toNanos(100);
    /** How soon a stop is noticed. */
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

    /** A large object at a byte a second: more than a clock of 64 bits counts would make the turn lie in the past. */
    private static final long LONGEST_DEBT = TimeUnit.DAYS.toNanos(365);

    private final double nanosPerToken;
    private final IntSupplier sharers;
    private final LongSupplier clock;
    private final Pause pause;
    private long due;

    /** @param perSecond tokens that come in; 0 for any number */
    public Pace(long perSecond, LongSupplier clock, Pause pause) {
        this(perSecond, () -> 1, clock, pause);
    }

    /** @param sharers processes that have these tokens together now, each as many as the others; at least 1 */
    Pace(long perSecond, IntSupplier sharers, LongSupplier clock, Pause pause) {
        this.sharers = sharers;
        this.nanosPerToken = perSecond == 0 ? 0 : 1e9 / perSecond;
        this.clock = clock;
        this.pause = pause;
        this.due = clock.getAsLong();
    }

    /** Takes the tokens and waits for its turn; false where a stop was asked for before, or an interrupt, whose flag stays. */
    public boolean await(long tokens, BooleanSupplier stop) {
        long turn = take(tokens);
        for (long wait = turn - clock.getAsLong(); wait > 0; wait = turn - clock.getAsLong()) {
            if (stop.getAsBoolean()) {
                return false;
            }
            try {
                pause.nanos(Math.min(wait, LONGEST_PAUSE));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private synchronized long take(long tokens) {
        long turn = Math.max(due, clock.getAsLong() - BURST);
        long longest = clock.getAsLong() + LONGEST_DEBT;
        due = turn + (long) (tokens * nanosPerToken * sharers.getAsInt());
        // Also where the sum went beyond 64 bits.
        due = due < turn || due > longest ? longest : due;
        return turn;
    }
}
