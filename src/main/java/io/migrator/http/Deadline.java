package io.migrator.http;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The end of one request: what still waits for an answer then is broken off. To be closed when the answer is there. */
public final class Deadline implements AutoCloseable {
    /** What a line has to move in the time for an answer: in the usual minute 64 KiB a second. */
    private static final long MOVED_AT_LEAST = 60 * (64L << 10);

    private static final ScheduledThreadPoolExecutor CLOCK = clock();
    /** Closing a connection may wait for who writes to it, and no other deadline may wait for that. */
    private static final ExecutorService BREAKS = Executors.newCachedThreadPool(Deadline::thread);

    private final Supplier<Duration> limit;
    private final Runnable breakOff;
    private final long begin = System.nanoTime();
    private volatile boolean passed;
    private volatile boolean closed;
    private volatile ScheduledFuture<?> end;

    /** @param breakOff makes whoever waits for the server go on with a fault; runs on a thread of its own */
    public Deadline(Duration limit, Runnable breakOff) {
        this(() -> limit, breakOff);
    }

    /** With a limit that grows while something moves. */
    Deadline(Supplier<Duration> limit, Runnable breakOff) {
        this.limit = limit;
        this.breakOff = breakOff;
        this.end = CLOCK.schedule(this::look, limit.get().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        if (closed) {
            return;
        }
        long left = limit.get().toNanos() - (System.nanoTime() - begin);
        if (left <= 0) {
            passed = true;
            BREAKS.execute(breakOff);
        } else {
            end = CLOCK.schedule(this::look, left, TimeUnit.NANOSECONDS);
        }
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, Deadline::thread);
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(1, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        return clock;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "deadlines");
        thread.setDaemon(true);
        return thread;
    }

    /** The time for an answer, and for bytes that come before it or with it, on a line that is slow. */
    public static Duration with(Duration answer, long bytes) {
        return answer.plus(
                Duration.ofNanos(Math.round((double) answer.toNanos() * Math.max(0, bytes) / MOVED_AT_LEAST)));
    }

    public boolean passed() {
        return passed;
    }

    /** What to throw in place of what the breaking off looks like. */
    public SocketTimeoutException fault() {
        return new SocketTimeoutException(
                "no whole answer within %d ms".formatted(limit.get().toMillis()));
    }

    /** Breaks off nothing any more. */
    @Override
    public void close() {
        closed = true;
        end.cancel(false);
    }
}
