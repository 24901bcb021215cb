package io.migrator.launch;

import io.migrator.batch.JobWork;
import io.migrator.failure.Failure;
import io.migrator.failure.FirstNames;
import io.migrator.failure.MigratorException;
import io.migrator.failure.Printable;
import io.migrator.failure.ShortMemory;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.state.JobStores;
import io.migrator.report.RunReport;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells from what a run left behind how it ended: the one place that turns job executions into failures. */
final class Endings {
    private static final int NAMES_SHOWN = 20;

    private final JobStores stores;
    private final RunReport report;
    private final JobKind job;

    Endings(JobStores stores, RunReport report, JobKind job) {
        this.stores = stores;
        this.report = report;
        this.job = job;
    }

    RunOutcome of(MigratorException e) {
        return new RunOutcome(e.failure(), String.valueOf(e.getMessage()), report, e);
    }

    /** The database that tells it may be what failed. */
    private static String withLeft(String message, JobWork work) {
        try {
            String left = work.leaves();
            return left.isEmpty() ? message : message + " " + left;
        } catch (DataAccessException | TransactionException e) {
            return message;
        }
    }

    RunOutcome ofDatabase(Throwable e) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        Optional<MigratorException> refusal = stores.refusal(cause);
        if (refusal.isPresent()) {
            return of(refusal.get());
        }
        String message = "unable to use the job database in '%s': %s. %s"
                .formatted(stores.display(), Printable.text(String.valueOf(cause.getMessage())), stores.advice());
        return new RunOutcome(Failure.REPOSITORY, message, report, e);
    }

    RunOutcome of(JobExecution execution, JobWork work) {
        BatchStatus status = execution.getStatus();
        if (status == BatchStatus.COMPLETED) {
            return completed(work.done());
        }
        if (status == BatchStatus.STOPPED) {
            String message = "stopped on request. Run the same command to go on where it stopped.";
            return new RunOutcome(Failure.STOPPED, withLeft(message, work), report, null);
        }
        List<Throwable> causes = causes(execution);
        Optional<Throwable> memory =
                causes.stream().filter(OutOfMemoryError.class::isInstance).findFirst();
        if (memory.isPresent()) {
            // Whatever else failed did so in its wake.
            return new RunOutcome(
                    Failure.OUT_OF_MEMORY, ShortMemory.told(job.name().toLowerCase(Locale.ROOT)), report, memory.get());
        }
        // Several workers may have failed, in no order: the gravest decides.
        Optional<MigratorException> known = causes.stream()
                .filter(MigratorException.class::isInstance)
                .map(MigratorException.class::cast)
                .max(Comparator.comparing(MigratorException::failure, Failure.BY_GRAVITY));
        if (known.isPresent()) {
            MigratorException e = known.get();
            return new RunOutcome(e.failure(), withLeft(String.valueOf(e.getMessage()), work), report, e);
        }
        Optional<Throwable> database = causes.stream()
                .filter(cause -> cause instanceof DataAccessException
                        || cause instanceof TransactionException
                        || cause instanceof SQLException)
                .findFirst();
        if (database.isPresent()) {
            return ofDatabase(database.get());
        }
        Throwable cause = causes.isEmpty() ? null : causes.get(0);
        return new RunOutcome(
                Failure.UNCLASSIFIED,
                "the job ended as " + status + ": " + Printable.text(String.valueOf(cause)),
                report,
                cause);
    }

    /** A success, unless the report says that something is not proven or not there. */
    RunOutcome completed(String done) {
        Object unproven = report.facts().get(RunReport.UNPROVEN);
        Object lacking = report.facts().get(RunReport.LACKING);
        Object skipped = report.facts().get(RunReport.SKIPPED);
        if (unproven == null && lacking == null && skipped == null) {
            return new RunOutcome(null, done, report, null);
        }
        String what = (unproven == null ? "" : ", but not proven: " + shown(unproven, "; "))
                + (lacking == null ? "" : ", but the backup was made without " + shown(lacking, ", "))
                + (skipped == null ? "" : ", but skipped: " + shown(skipped, "; "));
        return new RunOutcome(Failure.PARTIAL, done + what, report, null);
    }

    /** The report has them all. */
    private static String shown(Object fact, String between) {
        return fact instanceof List<?> all
                ? FirstNames.of(all.stream().map(String::valueOf).toList(), NAMES_SHOWN, between)
                : Printable.text(String.valueOf(fact));
    }

    private static List<Throwable> causes(JobExecution execution) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable failure : execution.getAllFailureExceptions()) {
            for (Throwable link = failure; link != null; link = link.getCause()) {
                causes.add(link);
            }
        }
        return causes;
    }
}
