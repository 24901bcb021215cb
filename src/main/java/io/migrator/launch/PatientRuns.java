package io.migrator.launch;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.request.WhenLocked;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import java.time.Duration;
import java.util.function.Supplier;

/** Runs a job, again and again where another run is in its way and its user is willing to wait. */
public final class PatientRuns {
    /** In the summary of a run that another one was in the way of, and that was told to end well then. */
    public static final String LOCKED = "locked";

    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** Each attempt asks Milvus and the vault as every beginning of a job does. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final WhenLocked whenLocked;
    private final Progress progress;
    private final Termination termination;
    private final Duration pause;

    private PatientRuns(WhenLocked whenLocked, Progress progress, Termination termination, Duration pause) {
        this.whenLocked = whenLocked;
        this.progress = progress;
        this.termination = termination;
        this.pause = pause;
    }

    /** How the last of them ended. */
    public static RunOutcome run(JobRequest request, Progress progress, Termination termination) {
        WhenLocked whenLocked = request.terms().whenLocked();
        Supplier<RunOutcome> once = () -> new Launcher(request, progress, termination).run();
        return request.preview() || whenLocked.fails()
                ? once.get()
                : new PatientRuns(whenLocked, progress, termination, PAUSE).until(once);
    }

    /** @param pause between two of them */
    static RunOutcome run(
            JobRequest request, Progress progress, Termination termination, Duration pause, Supplier<RunOutcome> once) {
        return new PatientRuns(request.terms().whenLocked(), progress, termination, pause).until(once);
    }

    private RunOutcome until(Supplier<RunOutcome> once) {
        long since = System.nanoTime();
        boolean told = false;
        Duration next = pause;
        while (true) {
            RunOutcome outcome = once.get();
            if (outcome.failure() != Failure.LOCKED) {
                return outcome;
            }
            if (whenLocked.fine() && sameWork(outcome)) {
                outcome.report().fact(LOCKED, true);
                return new RunOutcome(null, "nothing done: " + outcome.message(), outcome.report(), null);
            }
            Duration left = whenLocked.patience().minusNanos(System.nanoTime() - since);
            if (left.isNegative() || left.isZero()) {
                return outcome;
            }
            if (!told) {
                progress.note("waiting up to %d s for another run: %s".formatted(left.toSeconds(), outcome.message()));
                told = true;
            }
            if (!paused(left.compareTo(next) < 0 ? left : next)) {
                return stopped();
            }
            next = after(next);
        }
    }

    /** Twice as long, up to a minute. */
    static Duration after(Duration pause) {
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    /** A deletion in the way, say, leaves this work undone; and a run that lost its lease has not done all of it. */
    private static boolean sameWork(RunOutcome outcome) {
        return outcome.cause() instanceof MigratorException known && known.sameWork();
    }

    /** False where a stop was asked for meanwhile. */
    private boolean paused(Duration wanted) {
        try {
            return !termination.stop().awaitRequest(wanted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static RunOutcome stopped() {
        return new RunOutcome(
                Failure.STOPPED,
                "stopped while waiting for another run. Run the same command again.",
                new RunReport(),
                null);
    }
}
