package io.migrator.launch;

import io.migrator.backup.BackupWork;
import io.migrator.batch.JobContext;
import io.migrator.batch.JobWork;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.restore.RestoreWork;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;

/** Starts, restarts or recovers a job: the only place that launches. */
public final class Launcher {
    /** How often a run that found the source changed plans anew by itself before it leaves that to a rerun. */
    private static final int REPLANS = 5;

    private final JobRequest request;
    private final Progress progress;
    private final Termination termination;
    private final RunReport report = new RunReport();

    public Launcher(JobRequest request, Progress progress, Termination termination) {
        this.request = request;
        this.progress = progress;
        this.termination = termination;
    }

    /** Runs the job to its end, or to a stop asked for by SIGTERM. Never throws for what a user can be told. */
    public RunOutcome run() {
        termination.install();
        try {
            JobIdentity identity = JobIdentity.of(request);
            if (!identity.name().isEmpty()) {
                return run(identity);
            }
            PendingName pending = new PendingName(request.stateDir(), identity, Clock.systemUTC());
            RunOutcome outcome = run(
                    identity.withName(pending.takeOrCreate(request.parameters().getOrDefault("collection", ""))));
            if (outcome.failure() == null) {
                pending.forget();
            }
            return outcome;
        } catch (MigratorException e) {
            return new RunOutcome(e.failure(), String.valueOf(e.getMessage()), report, e);
        }
    }

    private RunOutcome run(JobIdentity identity) {
        report.fact("name", identity.name());
        try (JobDatabase database = JobDatabase.open(request.stateDir(), identity.fileName());
                JobWork work = work(identity, database)) {
            if (work.stillThere()) {
                report.fact("already_complete", true);
                return new RunOutcome(null, "already complete: " + work.done(), report, null);
            }
            if (database.holdsCompletedRun()) {
                progress.note("an earlier run completed this work, but its result is gone: doing it again");
                database.reset();
            }
            try (JobRun run = new JobRun(identity, database, work, termination.stop())) {
                return execute(run, work);
            }
        } catch (JobExecutionException e) {
            return new RunOutcome(Failure.REPOSITORY, String.valueOf(e.getMessage()), report, e);
        }
    }

    private RunOutcome execute(JobRun run, JobWork work) throws JobExecutionException {
        for (int replans = 0; ; replans++) {
            JobExecution execution = run.start();
            RunOutcome outcome = outcome(execution, work);
            if (outcome.failure() != Failure.SOURCE_CHANGED || replans == REPLANS) {
                return outcome;
            }
            progress.note(outcome.message());
        }
    }

    private RunOutcome outcome(JobExecution execution, JobWork work) {
        BatchStatus status = execution.getStatus();
        if (status == BatchStatus.COMPLETED) {
            return new RunOutcome(null, work.done(), report, null);
        }
        if (status == BatchStatus.STOPPED) {
            return new RunOutcome(
                    Failure.STOPPED,
                    "stopped on request. Run the same command to go on where it stopped.",
                    report,
                    null);
        }
        Throwable cause =
                execution.getAllFailureExceptions().stream().findFirst().orElse(null);
        MigratorException known = known(execution);
        if (known != null) {
            return new RunOutcome(known.failure(), String.valueOf(known.getMessage()), report, known);
        }
        return new RunOutcome(Failure.UNCLASSIFIED, "the job ended as " + status + ": " + cause, report, cause);
    }

    private static @Nullable MigratorException known(JobExecution execution) {
        for (Throwable failure : execution.getAllFailureExceptions()) {
            for (Throwable link = failure; link != null; link = link.getCause()) {
                if (link instanceof MigratorException found) {
                    return found;
                }
            }
        }
        return null;
    }

    private JobWork work(JobIdentity identity, JobDatabase database) {
        Map<String, String> parameters = new HashMap<>();
        for (ParameterSpec spec : request.job().parameters()) {
            String value = request.parameters().getOrDefault(spec.name(), spec.defaultValue());
            if (value != null) {
                parameters.put(spec.name(), value);
            }
        }
        JobContext context = new JobContext(
                Map.copyOf(parameters),
                identity.name(),
                identity.digest(),
                request.config(),
                database.jdbc(),
                progress,
                report);
        return switch (request.job()) {
            case BACKUP -> new BackupWork(context);
            case RESTORE -> new RestoreWork(context);
        };
    }
}
