package io.migrator.batch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.batch.core.job.JobInterruptedException;

/** A wish to stop, made by another thread and honoured at the next chunk boundary. It cannot be taken back. */
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final Runnable first;

    public StopSignal() {
        this(() -> {});
    }

    /** @param first runs before each answer, and may make the wish */
    public StopSignal(Runnable first) {
        this.first = first;
    }

    public void request() {
        requested.countDown();
    }

    public boolean requested() {
        first.run();
        return requested.getCount() == 0;
    }

    /** Waits for it, at most so long; returns whether it came. */
    public boolean awaitRequest(Duration most) throws InterruptedException {
        return requested.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the running step as STOPPED where a stop was asked for. */
    public void check() throws JobInterruptedException {
        if (requested()) {
            throw new JobInterruptedException("stop requested");
        }
    }
}
