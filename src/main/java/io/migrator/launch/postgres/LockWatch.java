package io.migrator.launch.postgres;

import io.migrator.failure.MigratorException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few seconds whether a run still has its lock, and has the run stopped where it has not. */
final class LockWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockWatch.class);
    private static final long SECONDS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);

    LockWatch(RunLock lock, Runnable stop) {
        Thread watch = new Thread(() -> watch(lock, stop), "run-lock");
        watch.setDaemon(true);
        watch.start();
    }

    private void watch(RunLock lock, Runnable stop) {
        try {
            while (!ended.await(SECONDS, TimeUnit.SECONDS)) {
                lock.requireHeld();
            }
        } catch (MigratorException e) {
            if (ended.getCount() > 0) {
                LOG.debug("the lock of this run is lost", e);
                stop.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
