package io.migrator.store.driver;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Threads for copies whose calls wait. Nobody closes them: idle ones end by themselves and none keeps the JVM alive. */
public final class CopyThreads {
    private CopyThreads() {}

    /** @param most more copies than this wait their turn */
    public static Executor named(String name, int most) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Does the work for each of them and returns when all have ended; a fault is thrown as it was. */
    public static <T> void forEach(Executor threads, Collection<T> things, Consumer<T> work) {
        Retry.await(CompletableFuture.allOf(things.stream()
                .map(thing -> CompletableFuture.runAsync(() -> work.accept(thing), threads))
                .toArray(CompletableFuture<?>[]::new)));
    }
}
