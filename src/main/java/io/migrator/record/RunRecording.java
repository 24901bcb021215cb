package io.migrator.record;

import io.migrator.failure.Failure;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The record of a run that goes on. Told what {@link Progress} is, it writes the same, with moments, from one daemon thread, so
 * that a slow disk holds up no worker. What cannot be written is left out, and {@link #lost} says so.
 */
public final class RunRecording implements Progress, AutoCloseable {
    public static final Duration BEAT = Duration.ofSeconds(5);

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    /** Notes and warnings, each cut where it is long. */
    static final int MOST_SAID = 1000;

    private static final int MOST_WAITING = 5000;
    private static final int MOST_STAGES = 1000;

    private final RunStart start;
    private final RecordFile file;
    private final Clock clock;
    private final long startNanos = System.nanoTime();
    private final ScheduledExecutorService writer;
    private final List<StageSpan> stages = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger said = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable LiveStage current;
    private volatile Instant progressAt;
    private Beat beat = new Beat();
    private final OutsideLine outside = new OutsideLine();
    private long doneBefore;

    RunRecording(RunStart start, RecordFile file, Clock clock, Duration beat) {
        this.start = start;
        this.file = file;
        this.clock = clock;
        this.progressAt = start.startedAt();
        this.writer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "record");
            thread.setDaemon(true);
            return thread;
        });
        later(() -> {
            file.create();
            file.append(start.line());
        });
        var unused = writer.scheduleAtFixedRate(this::beat, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins a record in the folder {@code runs} of a state folder that is there and safe. Never throws for what is there. */
    public static RunRecording begin(Path stateFolder, RunStart start) {
        return begin(stateFolder, start, Clock.systemUTC(), BEAT);
    }

    static RunRecording begin(Path stateFolder, RunStart start, Clock clock, Duration beat) {
        RecordFolder folder = new RecordFolder(stateFolder);
        return new RunRecording(start, RecordFile.of(folder.folder(), RecordName.of(start)), clock, beat);
    }

    /** One that nothing is written of. */
    public static RunRecording without(Path stateFolder, RunStart start, String cause) {
        RecordFolder folder = new RecordFolder(stateFolder);
        RecordFile none = RecordFile.none(folder.folder(), RecordName.of(start), cause);
        return new RunRecording(start, none, Clock.systemUTC(), BEAT);
    }

    public RunStart start() {
        return start;
    }

    public Path file() {
        return file.file();
    }

    /** The stage that goes on; null where none does. */
    public @Nullable StageSpan current() {
        LiveStage stage = current;
        return stage == null ? null : stage.at(clock.instant(), StageSpan.RUNNING);
    }

    /** When anything was last seen to advance. */
    public Instant progressAt() {
        return progressAt;
    }

    @Override
    public void stage(Stage stage) {
        LiveStage next = new LiveStage(stage);
        LiveStage previous = current;
        current = next;
        Instant now = clock.instant();
        progressAt = now;
        StageSpan ended = previous == null ? null : previous.at(now, StageSpan.DONE);
        StageSpan began = next.at(now, StageSpan.BEGAN);
        keep(ended);
        later(() -> {
            beat = new Beat();
            doneBefore = 0;
            file.append(began.line());
        });
    }

    @Override
    public void advance(long objects, long bytes) {
        LiveStage stage = current;
        if (stage != null) {
            stage.advance(objects, bytes);
        }
    }

    @Override
    public void outside(List<String> atWork) {
        later(() -> {
            outside.now(atWork);
            append(outside.due(clock.instant()));
        });
    }

    @Override
    public void note(String line) {
        tell("note", line);
    }

    /** A line that a person should see. */
    public void warning(String line) {
        tell("warning", line);
    }

    private void tell(String type, String text) {
        if (said.incrementAndGet() > MOST_SAID) {
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(LineReader.TYPE, type);
        line.put("at", clock.instant().toString());
        line.put("message", RunEnd.cut(text));
        later(() -> file.append(line));
    }

    /**
     * Writes how the run ended, and closes the record.
     *
     * @param facts as the summary of {@code --output=json} has them
     */
    public RunEnd end(@Nullable Failure failure, String message, Map<String, ?> facts, RunTroubles troubles) {
        Instant now = clock.instant();
        LiveStage last = current;
        current = null;
        StageSpan ended = last == null ? null : last.at(now, failure == null ? StageSpan.DONE : StageSpan.BROKEN_OFF);
        keep(ended);
        Fields told = new Fields(new LinkedHashMap<>(facts));
        RunEnd end = new RunEnd(
                failure,
                message,
                told.text("name").isEmpty() ? start.name() : told.text("name"),
                now,
                Math.round((System.nanoTime() - startNanos) / 1e6) / 1e3,
                RunFigures.of(facts),
                troubles,
                kept(),
                told.flag("already_complete"));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put(LineReader.TYPE, "summary");
        summary.put("job", start.task());
        summary.put("exit_code", end.exitCode());
        summary.put("failure", failure == null ? null : failure.name());
        summary.put("message", message);
        facts.forEach(summary::putIfAbsent);
        int more = said.get() - MOST_SAID;
        if (more > 0) {
            said.set(0);
            note("%,d more lines are left out here".formatted(more));
        }
        waiting.set(0);
        later(() -> {
            append(outside.last(now));
            file.append(summary);
            file.append(end.line());
        });
        close();
        return end;
    }

    private List<StageSpan> kept() {
        synchronized (stages) {
            return List.copyOf(stages);
        }
    }

    /** Why the record lacks something; empty where it has all. */
    public Optional<String> lost() {
        return file.lost();
    }

    /** Ends the thread that writes, and waits for it no longer than a healthy disk needs. */
    @Override
    public void close() {
        later(file::close);
        writer.shutdown();
        try {
            if (!writer.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                file.giveUp("the disk did not take it within %d s".formatted(LAST_WORDS.toSeconds()));
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void keep(@Nullable StageSpan ended) {
        if (ended != null) {
            if (stages.size() < MOST_STAGES) {
                stages.add(ended);
            }
            later(() -> file.append(ended.line()));
        }
    }

    private void append(@Nullable Map<String, Object> line) {
        if (line != null) {
            file.append(line);
        }
    }

    private void beat() {
        append(outside.last(clock.instant()));
        LiveStage stage = current;
        if (stage == null) {
            return;
        }
        StageSpan now = stage.at(clock.instant(), StageSpan.RUNNING);
        long done = now.objects() + now.bytes();
        if (done != doneBefore) {
            doneBefore = done;
            progressAt = now.at();
        }
        if (beat.next()) {
            file.append(now.line());
        }
    }

    /** What a disk that hangs would have to wait with is left out. */
    private void later(Runnable writing) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return;
        }
        try {
            writer.execute(() -> {
                waiting.decrementAndGet();
                writing.run();
            });
        } catch (RejectedExecutionException ignored) {
            // The run is over: a straggler has nothing to add to it.
        }
    }
}
