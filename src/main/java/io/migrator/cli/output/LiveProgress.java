package io.migrator.cli.output;

import io.migrator.report.JobStages;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what is done and lets a view show it, from one daemon thread so that a slow terminal holds up no worker. */
public final class LiveProgress implements Progress, AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final ProgressView view;
    private final WholeRun run;
    private final AtomicReference<@Nullable Counted> current = new AtomicReference<>();
    private final ScheduledExecutorService shower;
    /** The stage whose begin was shown; only the thread that shows touches it. */
    private @Nullable Counted begun;
    /** Of that stage, and for that thread. */
    private StageNews news = new StageNews();

    private final long startNanos = System.nanoTime();
    private volatile boolean whole = true;

    private record Counted(Stage stage, long startNanos, LongAdder objects, LongAdder bytes) {
        Counted(Stage stage) {
            this(stage, System.nanoTime(), new LongAdder(), new LongAdder());
        }

        StageState state() {
            return new StageState(stage, objects.sum(), bytes.sum(), Duration.ofNanos(System.nanoTime() - startNanos));
        }
    }

    LiveProgress(ProgressView view, Duration beat) {
        this(view, beat, new WholeRun("", JobStages.NONE));
    }

    LiveProgress(ProgressView view, Duration beat, WholeRun run) {
        this.view = view;
        this.run = run;
        this.shower = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "progress");
            thread.setDaemon(true);
            return thread;
        });
        var unused = shower.scheduleAtFixedRate(this::beat, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stage(Stage stage) {
        Counted next = new Counted(stage);
        Counted previous = current.getAndSet(next);
        Logging.stage(stage.name());
        StageState ended = previous == null ? null : previous.state();
        StageState began = next.state();
        show(() -> {
            if (ended != null) {
                view.ended(ended, true);
            }
            view.began(began);
            begun = next;
            news = new StageNews();
        });
    }

    @Override
    public void advance(long objects, long bytes) {
        Counted stage = current.get();
        if (stage != null) {
            stage.objects().add(objects);
            stage.bytes().add(bytes);
        }
    }

    @Override
    public void note(String line) {
        show(() -> view.note(line));
    }

    /** Since the run began. */
    public double seconds() {
        return Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0;
    }

    /** The run breaks off in the stage that goes on. */
    public void brokeOff() {
        whole = false;
    }

    /** Ends the current stage and shows what is still to be shown. */
    @Override
    public void close() {
        Counted last = current.getAndSet(null);
        if (last != null) {
            Logging.stage("");
            StageState ended = last.state();
            boolean asItShould = whole;
            Duration all = Duration.ofNanos(System.nanoTime() - startNanos);
            show(() -> {
                view.ended(ended, asItShould);
                view.all(all);
            });
        }
        shower.shutdown();
        try {
            if (!shower.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                shower.shutdownNow();
            }
        } catch (InterruptedException e) {
            shower.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        Counted stage = current.get();
        if (stage != null && stage.equals(begun)) {
            StageState now = news.of(stage.state());
            view.beat(now, run.at(now));
        }
    }

    private void show(Runnable showing) {
        try {
            shower.execute(showing);
        } catch (RejectedExecutionException ignored) {
            // The run is over and its result printed: a straggler has nobody left to tell.
        }
    }
}
