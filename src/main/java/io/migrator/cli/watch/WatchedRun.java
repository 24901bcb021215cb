package io.migrator.cli.watch;

import io.migrator.cli.line.Run;
import io.migrator.cli.output.Logging;
import io.migrator.config.outside.OutsideConfig;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.ShortMemory;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.state.StateDirectory;
import io.migrator.record.RunEnd;
import io.migrator.record.RunRecording;
import io.migrator.record.RunStart;
import io.migrator.record.RunTroubles;
import io.migrator.record.TwoProgresses;
import io.migrator.report.Progress;
import io.migrator.report.ResentRequests;
import io.migrator.report.RunReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run that leaves a record, and of which others are told. */
public final class WatchedRun {
    private final Run run;
    private final OutsideConfig config;
    private final Path state;
    private final Doing doing;
    private final RunRecording recording;
    private final @Nullable Sinks sinks;
    private final LongAdder warnings = new LongAdder();
    private final long retriesBefore = ResentRequests.retries();
    private final long refusedBefore = ResentRequests.refused();
    private final Runnable unheard;

    private WatchedRun(Run run, OutsideConfig config, Path state, Doing doing, RunRecording recording) {
        this.run = run;
        this.config = config;
        this.state = state;
        this.doing = doing;
        this.recording = recording;
        this.sinks = SinkChoice.of(config, state, recording);
        this.unheard = Logging.hear(line -> {
            warnings.increment();
            recording.warning(line);
        });
    }

    /** Does the work, and says outside what became of it. */
    public static RunOutcome of(
            Run run, ResolvedConfig config, Doing doing, Progress shown, Function<Progress, RunOutcome> work) {
        Path state = run.stateFolder();
        RunRecording recording = begin(state, StartOf.run(run, config, doing, state));
        WatchedRun watched = new WatchedRun(run, config.outside(), state, doing, recording);
        return watched.through(shown, work);
    }

    private static RunRecording begin(Path state, RunStart start) {
        try {
            StateDirectory.prepare(state);
        } catch (MigratorException e) {
            return RunRecording.without(state, start, String.valueOf(e.getMessage()));
        }
        return RunRecording.begin(state, start);
    }

    private RunOutcome through(Progress shown, Function<Progress, RunOutcome> work) {
        RunOutcome outcome;
        try {
            Progress told = new TwoProgresses(shown, recording);
            Progress all = sinks == null ? told : new TwoProgresses(told, sinks);
            outcome = refused();
            outcome = outcome == null ? work.apply(all) : outcome;
        } catch (RuntimeException | Error e) {
            Failure failure = e instanceof MigratorException known
                    ? known.failure()
                    : ShortMemory.caused(e) ? Failure.OUT_OF_MEMORY : Failure.UNCLASSIFIED;
            end(failure, String.valueOf(e.getMessage()), Map.of());
            throw e;
        }
        end(outcome.failure(), outcome.message(), outcome.report().facts());
        return outcome;
    }

    /** Where a command that is to run first failed; null where the run may begin. */
    private @Nullable RunOutcome refused() {
        if (config.hooks().before().isEmpty()) {
            return null;
        }
        String fault = SinkChoice.before(config.hooks(), recording);
        if (fault.isEmpty()) {
            return null;
        }
        MigratorException refused = MigratorException.unable(
                Failure.HOOK_FAILED,
                "begin",
                recording.start().task(),
                "the command of hooks.before " + fault,
                "Nothing was touched. See what it says, then run the same command again.");
        return new RunOutcome(Failure.HOOK_FAILED, String.valueOf(refused.getMessage()), new RunReport(), null);
    }

    private void end(@Nullable Failure failure, String message, Map<String, Object> facts) {
        unheard.run();
        RunTroubles troubles = new RunTroubles(
                warnings.sum(), ResentRequests.retries() - retriesBefore, ResentRequests.refused() - refusedBefore);
        recording.prune(state, config.records().keep(), config.records().days());
        RunEnd end = recording.end(failure, message, facts, troubles);
        // The run itself has said what is wrong with the folder that it needs.
        if (!(failure == Failure.REPOSITORY && doing.keepsStateThere())) {
            recording.lost().ifPresent(cause -> run.output()
                    .alarm("unable to write '%s': %s. The run itself is not touched by it; history and reports lack"
                                    .formatted(recording.file(), cause)
                            + " it. Make room, or give --state-dir a folder that can be written."));
        }
        if (sinks != null) {
            sinks.ended(end, failure == Failure.STOPPED ? OutsideConfig.LONGEST_WHEN_STOPPED : OutsideConfig.LONGEST)
                    .forEach(run.output()::alarm);
        }
    }
}
