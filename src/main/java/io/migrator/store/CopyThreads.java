package io.migrator.store;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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
}
