package io.migrator.cli.watch;

import io.migrator.cli.line.Run;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.ShortMemory;
import io.migrator.launch.PatientRuns;
import io.migrator.launch.RunOutcome;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run that leaves a record, and of which others are told. Whatever goes wrong with that is an alarm, and no more. */
public final class WatchedRun {
    private final Run run;
    private final @Nullable Watch watch;

    private WatchedRun(Run run, @Nullable Watch watch) {
        this.run = run;
        this.watch = watch;
    }

    public static WatchedRun begin(Run run, ResolvedConfig config, Doing doing) {
        try {
            return new WatchedRun(run, Watch.begin(run, config, doing));
        } catch (RuntimeException | Error e) {
            alarm(run, e);
            return new WatchedRun(run, null);
        }
    }

    /** Does the work. Where it throws, that is the end that is told. */
    public RunOutcome work(Progress shown, Function<Progress, RunOutcome> work) {
        if (watch == null) {
            return work.apply(shown);
        }
        try {
            RunOutcome unbegun = watch.hasCommandBefore() ? before(watch) : null;
            return unbegun == null ? work.apply(watch.telling(shown)) : unbegun;
        } catch (RuntimeException | Error e) {
            Failure failure = e instanceof MigratorException known
                    ? known.failure()
                    : ShortMemory.caused(e) ? Failure.OUT_OF_MEMORY : Failure.UNCLASSIFIED;
            end(watch, failure, String.valueOf(e.getMessage()), Map.of());
            throw e;
        }
    }

    /** Runs the command that is to run first; null where the work may begin. */
    private @Nullable RunOutcome before(Watch watched) {
        // Else a signal would end it, and this process with it, by another code than that of a stop.
        run.surroundings().stopping().install();
        String fault = watched.before();
        if (run.surroundings().stopping().requested()) {
            String message = "stopped on request, before anything was touched. Run the same command again.";
            return new RunOutcome(Failure.STOPPED, message, new RunReport(), null);
        }
        return fault.isEmpty() ? null : refused(watched.task(), fault);
    }

    private static RunOutcome refused(String task, String fault) {
        MigratorException refused = MigratorException.unable(
                Failure.HOOK_FAILED,
                "begin",
                task,
                "the command of hooks.before " + fault,
                "Nothing was touched. See what it says, then run the same command again.");
        return new RunOutcome(Failure.HOOK_FAILED, String.valueOf(refused.getMessage()), new RunReport(), null);
    }

    /**
     * Tells what became of it, once the user was told.
     *
     * @param exitCode what the process is to end with
     * @return the same
     */
    public int ended(RunOutcome outcome, int exitCode) {
        if (watch != null) {
            boolean untold = outcome.failure() == null && exitCode != 0;
            end(
                    watch,
                    untold ? Failure.RESULT_UNTOLD : failure(outcome),
                    outcome.message(),
                    outcome.report().facts());
        }
        return exitCode;
    }

    /** One that may end well because another is at work has done nothing all the same. */
    private static @Nullable Failure failure(RunOutcome outcome) {
        return Boolean.TRUE.equals(outcome.report().facts().get(PatientRuns.LOCKED))
                ? Failure.LOCKED
                : outcome.failure();
    }

    private void end(Watch watched, @Nullable Failure failure, String message, Map<String, Object> facts) {
        try {
            watched.end(failure, message, facts);
        } catch (RuntimeException | Error e) {
            alarm(run, e);
        }
    }

    private static void alarm(Run run, Throwable e) {
        run.output().alarm("unable to tell of the run: %s. The run itself is not touched by it.".formatted(e));
    }
}
