package io.migrator.lab;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Many calls that may hang, begun at once, so that all of them together take as long as the slowest. */
public final class Tries implements AutoCloseable {
    /** Something that calls a server. */
    public interface Call {
        void run() throws Exception;
    }

    private static final List<String> CLIENTS =
            List.of("io.migrator.store.", "io.migrator.milvus.", "io.migrator.http.");

    private final Map<String, CompletableFuture<String>> running = new LinkedHashMap<>();
    private final ExecutorService threads;
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    /** @param atOnce how many calls are made at the same time */
    public Tries(int atOnce) {
        threads = Executors.newFixedThreadPool(atOnce, work -> {
            Thread thread = new Thread(work, "try");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param limit for the call once it has begun */
    public void begin(String name, Duration limit, Call call) {
        running.put(name, CompletableFuture.supplyAsync(() -> ended(call, limit), threads));
    }

    private static String ended(Call call, Duration limit) {
        AtomicReference<String> end = new AtomicReference<>();
        Thread thread = new Thread(() -> end.set(judged(call)), "tried");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String told = end.get();
        if (told != null) {
            return told;
        }
        StringBuilder where = new StringBuilder("hangs");
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().startsWith("io.migrator.")) {
                where.append(" ").append(frame.getFileName()).append(":").append(frame.getLineNumber());
            }
        }
        thread.interrupt();
        return where.toString();
    }

    /** Empty where the call came to an end that a user can be told of. */
    private static String judged(Call call) {
        try {
            call.run();
            return "";
        } catch (Throwable thrown) {
            Throwable fault =
                    thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
            if (fault instanceof MigratorException known) {
                boolean bug = known.failure() == Failure.UNCLASSIFIED;
                return bug ? "ends with 1: " + known.getMessage() : "";
            }
            java.io.StringWriter trace = new java.io.StringWriter();
            fault.printStackTrace(new java.io.PrintWriter(trace));
            return "a bug: " + trace.toString().lines().limit(6).toList();
        }
    }

    /** What went wrong, by name of the call. */
    public Map<String, String> faults() {
        Map<String, String> faults = new LinkedHashMap<>();
        running.forEach((name, end) -> {
            try {
                String told = end.get(120, TimeUnit.SECONDS);
                if (!told.isEmpty()) {
                    faults.put(name, told);
                }
            } catch (InterruptedException | java.util.concurrent.ExecutionException | TimeoutException e) {
                faults.put(name, e.toString());
            }
        });
        return faults;
    }

    /**
     * Threads that still do something for a call that has ended, once they had some seconds for it. Those that other classes
     * left in this JVM are none of them.
     *
     * @param test whose own threads are none of them
     */
    public Map<String, String> threadsAtWork(Class<?> test) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (true) {
            Map<String, String> left = new LinkedHashMap<>();
            Thread.getAllStackTraces().forEach((thread, frames) -> {
                boolean ours = List.of(frames).stream()
                        .map(StackTraceElement::getClassName)
                        .anyMatch(name ->
                                CLIENTS.stream().anyMatch(name::startsWith) && !name.startsWith(test.getName()));
                if (ours && !before.contains(thread)) {
                    left.put("thread " + thread.getName(), List.of(frames).toString());
                }
            });
            if (left.isEmpty() || System.nanoTime() > end) {
                return left;
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
