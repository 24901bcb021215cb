package io.migrator.cli.watch;

import io.migrator.failure.Failure;
import io.migrator.record.RunEnd;
import io.migrator.record.RunRecording;
import io.migrator.record.RunSink;
import io.migrator.record.StageSpan;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells all who are told of a run, each on a thread of its own, so that none waits for another and the run waits for none. */
final class Sinks implements Progress {
    private final RunRecording recording;
    private final List<Told> told = new ArrayList<>();
    private final Duration interval;
    private final AtomicBoolean started = new AtomicBoolean();

    /** @param interval between what is told while the run goes on; zero for nothing */
    Sinks(RunRecording recording, List<RunSink> sinks, Duration interval) {
        this.recording = recording;
        this.interval = interval;
        sinks.forEach(sink -> told.add(new Told(sink)));
    }

    private interface Telling {
        void to(RunSink sink) throws Exception;
    }

    /** One who is told, and what went wrong last. */
    private static final class Told {
        private final RunSink sink;
        private final ScheduledExecutorService thread;
        private volatile String fault = "";

        Told(RunSink sink) {
            this.sink = sink;
            this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread made = new Thread(work, "tell " + sink.key());
                made.setDaemon(true);
                return made;
            });
        }

        void tell(Telling telling) {
            thread.execute(() -> attempt(telling));
        }

        void attempt(Telling telling) {
            try {
                telling.to(sink);
                fault = "";
            } catch (Throwable e) {
                fault = e.getMessage() == null ? e.toString() : e.getMessage();
            }
        }
    }

    /** Before that another run may have the work, and is the one to be told of. */
    @Override
    public void begun() {
        if (!started.getAndSet(true)) {
            for (Told one : told) {
                one.tell(sink -> sink.started(recording.start()));
                if (!interval.isZero()) {
                    var unused = one.thread.scheduleWithFixedDelay(
                            () -> one.attempt(this::beat),
                            interval.toMillis(),
                            interval.toMillis(),
                            TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    private void beat(RunSink sink) throws Exception {
        StageSpan stage = recording.current();
        if (stage != null) {
            sink.running(recording.start(), stage, recording.progressAt());
        }
    }

    @Override
    public void stage(Stage stage) {}

    @Override
    public void advance(long objects, long bytes) {}

    @Override
    public void note(String line) {}

    /**
     * Tells all how it ended, and waits for them. Of a run that found another at its work nobody is told.
     *
     * @return a line for each who could not be told
     */
    List<String> ended(RunEnd end, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        boolean begun = started.get();
        if (end.failure() == Failure.LOCKED) {
            told.forEach(one -> one.thread.shutdownNow());
            return List.of();
        }
        for (Told one : told) {
            one.tell(sink -> sink.ended(recording.start(), end, recording.file(), begun));
            // What repeats is given up, what is queued is not.
            one.thread.shutdown();
        }
        List<String> faults = new ArrayList<>();
        for (Told one : told) {
            if (!awaited(one, until - System.nanoTime())) {
                one.thread.shutdownNow();
                faults.add("%s: not done within %d s; the run itself is not touched by it"
                        .formatted(one.sink.key(), limit.toSeconds()));
            } else if (!one.fault.isEmpty()) {
                faults.add("%s: %s; the run itself is not touched by it".formatted(one.sink.key(), one.fault));
            }
        }
        return faults;
    }

    private static boolean awaited(Told one, long nanos) {
        try {
            return one.thread.awaitTermination(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
