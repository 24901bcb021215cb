package io.migrator.milvus.calls;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Growing, jittered waits until a budget of time is used up. For one thread. */
final class Backoff {
    private final long end;
    private final long longestMillis;
    private long nextMillis;

    Backoff(Duration budget, Duration first, Duration longest) {
        this.end = System.nanoTime() + budget.toNanos();
        this.nextMillis = first.toMillis();
        this.longestMillis = longest.toMillis();
    }

    /** Whether the budget leaves room for another attempt. */
    boolean hasTime() {
        return System.nanoTime() < end;
    }

    /** Waits, longer each time, by up to a half at random so that many callers do not come back together. */
    void sleep(Action action) {
        long millis = nextMillis / 2 + ThreadLocalRandom.current().nextLong(nextMillis / 2 + 1);
        nextMillis = Math.min(longestMillis, nextMillis * 2);
        try {
            TimeUnit.MILLISECONDS.sleep(Math.max(1, millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(action, e);
        }
    }

    static MigratorException interrupted(Action action, Throwable origin) {
        return MigratorException.unable(
                Failure.STOPPED, action.verb(), action.thing(), "interrupted", "Run the same command again.", origin);
    }
}
