package io.migrator.http;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The end of one request: what still waits for an answer then is broken off. To be closed when the answer is there. */
public final class Deadline implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Duration limit;
    private final ScheduledFuture<?> end;
    private volatile boolean passed;

    /** @param breakOff makes whoever waits for the server go on with a fault; must not wait itself */
    public Deadline(Duration limit, Runnable breakOff) {
        this.limit = limit;
        this.end = CLOCK.schedule(
                () -> {
                    passed = true;
                    breakOff.run();
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "deadlines");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(1, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        return clock;
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
