package io.migrator.launch;

import io.migrator.batch.StopSignal;
import io.migrator.config.MigratorConfig;
import io.migrator.launch.request.WorkerRequest;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A worker on a thread of this process. */
public final class WorkerThread implements Progress, AutoCloseable {
    private final StopSignal stop = new StopSignal();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final CompletableFuture<RunOutcome> outcome;

    private WorkerThread(WorkerRequest request) {
        outcome = CompletableFuture.supplyAsync(() -> new Worker(request, this, stop).run(), command -> {
            Thread thread = new Thread(command, "worker-of-the-test");
            thread.setDaemon(true);
            thread.start();
        });
    }

    public static WorkerThread start(MigratorConfig config, int threads) {
        return start(config, threads, Duration.ZERO);
    }

    public static WorkerThread start(MigratorConfig config, int threads, Duration idle) {
        return new WorkerThread(new WorkerRequest(config, threads, idle));
    }

    /** As SIGTERM does; returns when it has ended. */
    public RunOutcome stop() {
        stop.request();
        return end();
    }

    /** Waits for its end. */
    public RunOutcome end() {
        return outcome.join();
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void stage(Stage stage) {}

    @Override
    public void advance(long objects, long bytes) {}

    @Override
    public void note(String line) {
        notes.add(line);
    }

    @Override
    public void close() {
        stop();
    }
}
