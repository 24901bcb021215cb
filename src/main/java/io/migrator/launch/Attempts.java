package io.migrator.launch;

import io.migrator.batch.JobWork;
import io.migrator.batch.StopSignal;
import io.migrator.failure.Failure;
import io.migrator.launch.state.JobStore;
import io.migrator.launch.state.JobStores;
import io.migrator.report.Progress;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The executions of one run: it goes on by itself where the world changed under it, or its database was away for a while. */
final class Attempts {
    /** After these a run plans anew by itself. */
    private static final Set<Failure> REPLANNED = EnumSet.of(Failure.SOURCE_CHANGED, Failure.TARGET_CHANGED);
    /** How often it does before it leaves that to a rerun. */
    private static final int REPLANS = 5;
    /** How often it goes on after sessions with its database broke. */
    private static final int BREAKS = 20;

    private final JobStores stores;
    private final Endings endings;
    private final StopSignal stop;
    private final Progress progress;

    Attempts(JobStores stores, Endings endings, StopSignal stop, Progress progress) {
        this.stores = stores;
        this.endings = endings;
        this.stop = stop;
        this.progress = progress;
    }

    RunOutcome run(JobStore database, JobRun run, JobWork work) throws JobExecutionException {
        int breaks = 0;
        for (int replans = 0; ; ) {
            RunOutcome outcome = outcome(database, run, work, breaks > 0);
            Failure failure = outcome.failure();
            if (failure != null && REPLANNED.contains(failure) && replans < REPLANS) {
                replans++;
                progress.note(outcome.message());
            } else if (failure == Failure.REPOSITORY && mayGoOn(outcome) && breaks < BREAKS) {
                breaks++;
                progress.note("sessions of %s broke: going on".formatted(stores.display()));
            } else {
                return outcome;
            }
        }
    }

    /** The database has answered since: {@link #start} waits for that. */
    private boolean mayGoOn(RunOutcome outcome) {
        Throwable cause = outcome.cause();
        return cause != null && stores.passes(cause) && !stop.requested();
    }

    private RunOutcome outcome(JobStore database, JobRun run, JobWork work, boolean broken)
            throws JobExecutionException {
        try {
            return endings.of(start(database, run), work);
        } catch (JobInstanceAlreadyCompleteException e) {
            if (!broken) {
                throw e;
            }
            // The session broke between the commit of the end and its answer.
            return endings.completed(work.done());
        } catch (DataAccessException | TransactionException e) {
            return endings.ofDatabase(e);
        }
    }

    /** Where another run has the work by now, that is told, and not what its beginning did to this one. */
    private static JobExecution start(JobStore database, JobRun run) throws JobExecutionException {
        try {
            JobExecution execution = run.start();
            if (execution.getStatus() != BatchStatus.COMPLETED) {
                database.requireHeld();
            }
            return execution;
        } catch (DataAccessException | TransactionException e) {
            database.requireHeld();
            throw e;
        }
    }
}
