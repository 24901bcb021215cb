package io.migrator.batch;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does independent pieces of a step's work on several threads. */
public final class WorkerPool implements AutoCloseable {
    /** The work waits for servers, which serve no more at once; some systems give a process not even a thousand threads. */
    static final int MOST = 256;

    private final ExecutorService threads;

    /** @param size pieces at once; more than {@link #MOST} are not begun together */
    public WorkerPool(String name, int size) {
        threads = Executors.newFixedThreadPool(Math.min(size, MOST), task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins a piece of work; its end is waited for by {@link #result}. */
    public <R> Future<R> begin(Callable<R> work) {
        return threads.submit(work);
    }

    /** What the work gave; a fault of the work is thrown as it is, an interrupt as STOPPED. */
    public static <R> R result(Future<R> begun) {
        try {
            return begun.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(e);
        } catch (CancellationException e) {
            throw stopped(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The results in the order of the items. The first fault ends it, and what had not ended is interrupted. */
    public <T, R> List<R> map(List<? extends T> items, Function<T, R> work) {
        List<Future<R>> begun = new ArrayList<>(items.size());
        try {
            for (T item : items) {
                begun.add(begin(() -> work.apply(item)));
            }
            List<R> results = new ArrayList<>(items.size());
            for (Future<R> one : begun) {
                results.add(result(one));
            }
            return results;
        } finally {
            begun.forEach(one -> one.cancel(true));
        }
    }

    private static MigratorException stopped(Exception origin) {
        return MigratorException.unable(
                Failure.STOPPED, "go on", "this step", "interrupted", "Run the same command again.", origin);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
