package io.migrator.cli.watch;

import io.migrator.cli.line.Run;
import io.migrator.cli.output.Logging;
import io.migrator.config.outside.OutsideConfig;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.FileFault;
import io.migrator.launch.state.StateDirectory;
import io.migrator.record.RecordFolder;
import io.migrator.record.RunEnd;
import io.migrator.record.RunRecording;
import io.migrator.record.RunTroubles;
import io.migrator.record.TwoProgresses;
import io.migrator.report.Progress;
import io.migrator.report.ResentRequests;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The record of one run, and those who are told of it. */
final class Watch {
    private static final Duration BEGIN = Duration.ofSeconds(5);
    private static final Duration END = Duration.ofSeconds(2);

    private final Run run;
    private final OutsideConfig config;
    private final Path state;
    private final Doing doing;
    private final MadeFolders made;
    private final RunRecording recording;
    private final @Nullable Sinks sinks;
    private final LongAdder warnings = new LongAdder();
    private final long retriesBefore = ResentRequests.retries();
    private final long refusedBefore = ResentRequests.refused();
    private final Runnable unheard;

    private Watch(Run run, OutsideConfig config, Doing doing, MadeFolders made, RunRecording recording) {
        this.run = run;
        this.config = config;
        this.state = run.stateFolder();
        this.doing = doing;
        this.made = made;
        this.recording = recording;
        this.sinks = SinkChoice.of(config, state, recording);
        Logging.runId(recording.start().runId());
        run.output().runId(recording.start().runId());
        this.unheard = Logging.hear(line -> {
            warnings.increment();
            recording.warning(line);
        });
    }

    /** What is known of the state folder once it is there. */
    private record Place(MadeFolders made, int attempt) {}

    static Watch begin(Run run, ResolvedConfig config, Doing doing) {
        Path state = run.stateFolder();
        try {
            Place place = Bounded.of(
                    () -> {
                        MadeFolders made = MadeFolders.missing(state);
                        StateDirectory.prepare(state);
                        return new Place(made, StartOf.attempt(doing, state));
                    },
                    BEGIN);
            RunRecording recording = RunRecording.begin(state, StartOf.run(run, config, doing, place.attempt()));
            return new Watch(run, config.outside(), doing, place.made(), recording);
        } catch (IOException e) {
            RunRecording none =
                    RunRecording.without(state, StartOf.run(run, config, doing, 1), String.valueOf(e.getMessage()));
            return new Watch(run, config.outside(), doing, MadeFolders.NONE, none);
        }
    }

    Progress telling(Progress shown) {
        Progress told = new TwoProgresses(shown, recording);
        return sinks == null ? told : new TwoProgresses(told, sinks);
    }

    String task() {
        return recording.start().task();
    }

    boolean hasCommandBefore() {
        return !config.hooks().before().isEmpty();
    }

    /** Runs the command that is to run first; says how it failed, empty where the run may begin. */
    String before() {
        return hasCommandBefore() ? SinkChoice.before(config.hooks(), recording) : "";
    }

    void end(@Nullable Failure failure, String message, Map<String, Object> facts) {
        unheard.run();
        RunTroubles troubles = new RunTroubles(
                warnings.sum(), ResentRequests.retries() - retriesBefore, ResentRequests.refused() - refusedBefore);
        RunEnd end = recording.end(failure, message, facts, troubles);
        recording.lost().ifPresent(cause -> tellLost(failure, cause));
        if (sinks != null) {
            sinks.ended(end, failure == Failure.STOPPED ? OutsideConfig.LONGEST_WHEN_STOPPED : OutsideConfig.LONGEST)
                    .forEach(run.output()::alarm);
        }
        if (recording.lost().isEmpty()) {
            tidy(failure);
        }
    }

    /** Whoever keeps nothing else in the state folder may do without it, each night. */
    private void tellLost(@Nullable Failure failure, String cause) {
        String told =
                ("unable to write '%s': %s. The run itself is not touched by it; history and reports lack it. Make"
                                + " room, or give --state-dir a folder that can be written.")
                        .formatted(recording.file(), cause);
        if (!doing.keepsStateThere()) {
            run.output().warn(List.of(told));
        } else if (failure != Failure.REPOSITORY) {
            // Else the run itself has said what is wrong with the folder that it needs.
            run.output().alarm(told);
        }
    }

    private void tidy(@Nullable Failure failure) {
        OutsideConfig.RecordsKept kept = config.records();
        try {
            Bounded.of(
                    () -> {
                        if (failure == Failure.NOT_FOUND) {
                            made.remove(recording.file());
                        }
                        new RecordFolder(state).prune(kept.keep(), kept.days(), Instant.now());
                        return true;
                    },
                    END);
        } catch (DirectoryNotEmptyException e) {
            // Somebody else keeps something there by now.
        } catch (IOException e) {
            run.output().warn(List.of("unable to delete old records: " + FileFault.told(e)));
        }
    }
}
