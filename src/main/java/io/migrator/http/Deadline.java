package io.migrator.http;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The end of one request: what still waits for an answer then is broken off. To be closed when the answer is there. */
public final class Deadline implements AutoCloseable {
    /** What a line has to move in the time for an answer: in the usual minute 64 KiB a second. */
    private static final long MOVED_AT_LEAST = 60 * (64L << 10);

    private static final ScheduledThreadPoolExecutor CLOCK = clock();
    /** Closing a connection may wait for who writes to it, and no other deadline may wait for that. */
    private static final ExecutorService BREAKS = Executors.newCachedThreadPool(Deadline::thread);

    private final Duration limit;
    private final ScheduledFuture<?> end;
    private volatile boolean passed;

    /** @param breakOff makes whoever waits for the server go on with a fault; runs on a thread of its own */
    public Deadline(Duration limit, Runnable breakOff) {
        this.limit = limit;
        this.end = CLOCK.schedule(
                () -> {
                    passed = true;
                    BREAKS.execute(breakOff);
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
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
        return new SocketTimeoutException("no whole answer within %d ms".formatted(limit.toMillis()));
    }

    /** Breaks off nothing any more. */
    void end() {
        end.cancel(false);
    }

    @Override
    public void close() {
        end();
    }
}
