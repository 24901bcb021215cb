package io.migrator.store.s3;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for an answer, and the threads that read it. Where such a thread dies, above all for want of
 * memory, the client would let its future wait for ever; here all of them fail with it, and so does the run.
 */
final class Unanswered extends ThreadPoolExecutor {
    private final ConcurrentMap<Object, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();

    Unanswered() {
        super(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "s3");
            thread.setDaemon(true);
            // Told by the futures.
            thread.setUncaughtExceptionHandler((dead, thrown) -> {});
            return thread;
        });
    }

    <T> CompletableFuture<T> one() {
        CompletableFuture<T> future = new CompletableFuture<>();
        Object key = new Object();
        waiting.put(key, future);
        CompletableFuture<T> unused = future.whenComplete((answer, thrown) -> waiting.remove(key));
        return future;
    }

    @Override
    protected void afterExecute(Runnable work, @Nullable Throwable thrown) {
        if (thrown instanceof Error) {
            waiting.values().forEach(future -> future.completeExceptionally(thrown));
        }
    }
}
