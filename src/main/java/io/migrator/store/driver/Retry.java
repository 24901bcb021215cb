package io.migrator.store.driver;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.report.ResentRequests;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place where a request to a store is repeated: exponential back-off with jitter, for faults that pass
 * ({@link Failure#UNREACHABLE}, {@link Failure#THROTTLED}) and within a budget of attempts and of time. What is repeated
 * must be idempotent. Safe for many threads.
 */
public final class Retry {
    /** 14 attempts, 41 to 83 s of pauses: outlasts the restart of a server, or half a minute without a network. */
    public static final Retry PATIENT = new Retry(14, Duration.ofMillis(200), Duration.ofMinutes(2));

    /** Two attempts, for a first contact where a wrong address is more likely than a passing fault. */
    public static final Retry BRIEF = new Retry(2, Duration.ofMillis(200), Duration.ofMinutes(2));

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final int attempts;
    private final Duration firstPause;
    private final Duration budget;

    /**
     * @param attempts how often a request is sent at most
     * @param firstPause before the second attempt; doubled before each further one, up to 10 s
     * @param budget time since the first attempt began after which none is begun any more
     */
    public Retry(int attempts, Duration firstPause, Duration budget) {
        this.attempts = attempts;
        this.firstPause = firstPause;
        this.budget = budget;
    }

    /** Calls until it succeeds; throws the last fault, or STOPPED where the thread is interrupted in a pause. */
    public <T> T call(Supplier<T> request) {
        long begin = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (MigratorException fault) {
                if (!worthRepeating(fault, attempt, begin)) {
                    throw fault;
                }
                sleep(pauseAfter(attempt), fault);
            }
        }
    }

    /** The same without a thread that waits. The last fault may be wrapped, see {@link #unwrapped}. */
    public <T> CompletableFuture<T> callAsync(Supplier<CompletableFuture<T>> request) {
        return attempt(request, 1, System.nanoTime());
    }

    private <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> request, int attempt, long begin) {
        return send(request).exceptionallyCompose(thrown -> {
            Throwable fault = unwrapped(thrown);
            if (!worthRepeating(fault, attempt, begin)) {
                return CompletableFuture.failedFuture(fault);
            }
            Executor later =
                    CompletableFuture.delayedExecutor(pauseAfter(attempt).toMillis(), TimeUnit.MILLISECONDS);
            return CompletableFuture.runAsync(() -> {}, later)
                    .thenCompose(paused -> attempt(request, attempt + 1, begin));
        });
    }

    private static <T> CompletableFuture<T> send(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Does work a second time where it ended with CORRUPT: what a wire damages is seldom damaged twice. */
    public static <T> T onceMoreWhereDamaged(Supplier<T> work) {
        try {
            return work.get();
        } catch (MigratorException fault) {
            if (fault.failure() != Failure.CORRUPT) {
                throw fault;
            }
            LOG.warn("trying once more: {}", fault.getMessage());
            return work.get();
        }
    }

    /** What the future gives, once it is there, or its fault as it was thrown. */
    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw unwrapped(e) instanceof MigratorException fault ? fault : e;
        }
    }

    /** The fault itself, where a future wrapped it. */
    public static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? unwrapped(cause) : thrown;
    }

    private boolean worthRepeating(Throwable fault, int attempt, long begin) {
        boolean again = fault instanceof MigratorException known
                && passes(known.failure())
                && attempt < attempts
                && System.nanoTime() - begin < budget.toNanos();
        if (again) {
            ResentRequests.told(((MigratorException) fault).failure() == Failure.THROTTLED);
            LOG.debug("attempt {} of {} failed, trying again: {}", attempt, attempts, fault.getMessage());
        }
        return again;
    }

    private static boolean passes(Failure failure) {
        return failure == Failure.UNREACHABLE || failure == Failure.THROTTLED;
    }

    private Duration pauseAfter(int attempt) {
        long full = Math.min(LONGEST_PAUSE.toMillis(), firstPause.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }

    private static void sleep(Duration pause, MigratorException fault) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigratorException(
                    Failure.STOPPED, "interrupted while waiting to try again after: " + fault.getMessage(), fault);
        }
    }
}
