package io.migrator.fake.imports;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Brings imports forward: by a clock, or by the questions for them; beside each other or one after the other. */
final class JobRunner implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(JobRunner.class.getName());
    private static final int AT_ONCE = 4;

    private final boolean serial;
    private final long tickNanos;
    private final ScheduledExecutorService pool;
    private final Deque<ImportJob> queue = new ArrayDeque<>();

    /** @param serial tasks of Milvus 2.2 and 2.3 wait for those before them */
    JobRunner(ImportSettings settings, boolean serial) {
        this.serial = serial;
        this.tickNanos = settings.tick().toNanos();
        this.pool = Executors.newScheduledThreadPool(serial ? 1 : AT_ONCE, work -> {
            Thread thread = new Thread(work, "fake-milvus-import");
            thread.setDaemon(true);
            return thread;
        });
    }

    void submit(ImportJob job) {
        if (!serial) {
            schedule(job);
            return;
        }
        synchronized (queue) {
            queue.add(job);
            if (queue.size() == 1) {
                schedule(job);
            }
        }
    }

    /** Somebody asked for the job. */
    void asked(ImportJob job) {
        if (tickNanos == 0) {
            ImportJob next = serial ? head(job) : job;
            next.step();
            if (serial && next.finished()) {
                leave(next);
            }
        }
    }

    private ImportJob head(ImportJob otherwise) {
        synchronized (queue) {
            return queue.isEmpty() ? otherwise : queue.peek();
        }
    }

    private void schedule(ImportJob job) {
        if (tickNanos == 0) {
            return;
        }
        try {
            pool.schedule(() -> tick(job), tickNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "import {0} stands still: the server stops", job.id());
        }
    }

    private void tick(ImportJob job) {
        try {
            job.step();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "import " + job.id() + " of the double failed", e);
            job.fail("the double failed: " + e);
        }
        if (!job.finished()) {
            schedule(job);
        } else if (serial) {
            leave(job);
        }
    }

    private void leave(ImportJob job) {
        synchronized (queue) {
            queue.remove(job);
            if (!queue.isEmpty()) {
                schedule(queue.peek());
            }
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
