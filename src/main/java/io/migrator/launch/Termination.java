package io.migrator.launch;

import io.migrator.batch.StopSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns SIGTERM and SIGINT into a stop at the next chunk boundary, and makes the process end with the code of the run
 * instead of 143. Batch does not do this: its hook ends while the step still writes.
 */
public final class Termination implements Stopping {
    /** Kubernetes kills after 30 s: 20 for the stop, 5 for whoever is told of it; what has not ended by then is left to the next run's recovery. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final StopSignal stop = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean installed = new AtomicBoolean();
    private volatile int code;

    /** To be called before anything begins that a user would want to be stopped well. */
    @Override
    public void install() {
        if (!installed.getAndSet(true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "termination"));
        }
    }

    @Override
    public boolean requested() {
        return stop.requested() || (installed.get() && ending());
    }

    /** What others do at the end of the process may be seen before the wish is made here: all of it goes on at once. */
    private static boolean ending() {
        Thread none = new Thread(() -> {}, "none");
        try {
            Runtime.getRuntime().addShutdownHook(none);
            Runtime.getRuntime().removeShutdownHook(none);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Ends the process with the code, also when a signal has begun to end it. */
    public void exit(int exitCode) {
        code = exitCode;
        ended.countDown();
        System.exit(exitCode);
    }

    StopSignal stop() {
        return stop;
    }

    private void onShutdown() {
        if (ended.getCount() == 0) {
            return;
        }
        stop.request();
        try {
            if (ended.await(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
