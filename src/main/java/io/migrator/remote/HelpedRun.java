package io.migrator.remote;

import io.migrator.batch.PartitionWork;
import io.migrator.batch.StepFactory;
import io.migrator.batch.Transactions;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.remote.ClaimedPartition.End;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A run of another process that this worker helps: takes its partitions one by one, for as many threads as call. A request is taken
 * by a delete that is committed once the partition has ended for good, on a session that does nothing else; the rest goes by other
 * sessions, so that what is done is seen, and kept, chunk by chunk.
 */
public final class HelpedRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HelpedRun.class);

    /** A partition that was begun more often, and never ended, ends the run: else it kills every worker in turn. */
    static final int MOST_ATTEMPTS = 3;

    /** What broke is given so long, usually: the next to begin with it would fail as this one did. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    private final Offer offer;
    private final String worker;
    private final Sharers sharers;
    private final Transactions transactions;
    private final JobRepository repository;
    private final PartitionWork work;
    private final AutoCloseable sessions;
    private final Requests requests;
    private final JdbcTemplate claims;
    private final TransactionTemplate claiming;
    private final PartitionReports reports;
    private final StepRows rows;
    private final List<ClaimedPartition> active = new CopyOnWriteArrayList<>();
    private final RunWatch watch;
    private final Duration pause;

    /**
     * @param worker name of this one, for people
     * @param sharers of its limits, which the work uses
     * @param claims sessions for the requests alone, one a thread
     * @param transactions the run's schema, by other sessions
     * @param sessions closed with it
     * @param pause behind a partition whose request went back
     */
    public HelpedRun(
            Offer offer,
            Offers offers,
            String worker,
            Sharers sharers,
            DataSource claims,
            Transactions transactions,
            JobRepository repository,
            PartitionWork work,
            AutoCloseable sessions,
            Duration pause) {
        this.pause = pause;
        this.offer = offer;
        this.worker = worker;
        this.sharers = sharers;
        this.transactions = transactions;
        this.repository = PartRecords.of(repository);
        this.work = work;
        this.sessions = sessions;
        this.requests = new Requests(claims, offer.version());
        this.claims = new JdbcTemplate(claims);
        this.claiming = new TransactionTemplate(new JdbcTransactionManager(claims));
        this.reports = new PartitionReports(transactions.jdbc());
        this.rows = new StepRows(transactions.jdbc());
        this.watch = new RunWatch(offer, offers, reports, active, sharers);
    }

    Offer offer() {
        return offer;
    }

    /** Whether a partition is at work. */
    boolean busy() {
        return !active.isEmpty();
    }

    /** Whether it asks for help, as far as is known. */
    boolean open() {
        return watch.open();
    }

    /** Has its partitions go back to where they were taken from. */
    void handBack() {
        active.forEach(one -> one.end(End.HANDED_BACK));
    }

    /** Its sessions end, and nothing of it is worth anything any more: another process has the run by now. */
    void cutOff() {
        active.forEach(one -> one.end(End.LOST));
        closeSessions();
    }

    /** Takes a partition and works it off; false where there was none. What fails of the database is thrown, and the request is back. */
    boolean takeOne() {
        AtomicBoolean back = new AtomicBoolean();
        try {
            return watch.open() && Boolean.TRUE.equals(claiming.execute(status -> takeOne(status, back)));
        } finally {
            if (back.get()) {
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean takeOne(TransactionStatus status, AtomicBoolean back) {
        Optional<StepExecutionRequest> request = Optional.empty();
        boolean ended = false;
        try {
            request = requests.take();
            ended = request.isPresent() && workOff(request.get());
        } catch (UnreadableRequestException e) {
            MigratorException fault = e.fault(worker);
            reports.unreadable(worker, fault.failure(), String.valueOf(fault.getMessage()));
            return true;
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("a partition was not ended", e);
            request.ifPresent(one -> tellBroken(one.getStepExecutionId(), e));
        }
        if (!ended) {
            status.setRollbackOnly();
            back.set(request.isPresent());
        }
        return request.isPresent();
    }

    private void tellBroken(long id, Exception fault) {
        try {
            reports.broken(id, PartitionFaults.text(fault));
        } catch (DataAccessException | TransactionException e) {
            // By the same fault, most likely.
            LOG.debug("a partition was not ended", e);
        }
    }

    /** Whether the partition has ended for good. */
    private boolean workOff(StepExecutionRequest request) {
        long id = request.getStepExecutionId();
        if (rows.standing(id).map(StepRows.Standing::status).orElse(BatchStatus.COMPLETED) == BatchStatus.COMPLETED) {
            // Whoever did it died between the row and its request; or the row is gone, and nobody waits for it.
            reports.complete(id);
            return true;
        }
        int claim = Objects.requireNonNull(claims.queryForObject("select pg_backend_pid()", Integer.class));
        Optional<String> broken = reports.broken(id);
        int attempts = reports.begin(id, request.getStepName(), worker, claim);
        if (attempts > MOST_ATTEMPTS) {
            refuse(id, claim, request.getStepName(), broken);
            return true;
        }
        sharers.look();
        ClaimedPartition partition = new ClaimedPartition(id, claim, watch.heard(), reports.before(id));
        active.add(partition);
        try {
            return ended(partition, execute(request, partition));
        } finally {
            active.remove(partition);
        }
    }

    /** @param broken what the database said where that ended it last */
    private void refuse(long id, int claim, String name, Optional<String> broken) {
        String begun = "it was begun %d times, and each time ".formatted(MOST_ATTEMPTS);
        MigratorException fault = MigratorException.unable(
                broken.isPresent() ? Failure.REPOSITORY : Failure.UNREACHABLE,
                "work off",
                name,
                begun
                        + broken.map(text -> "the database failed: " + text)
                                .orElse("its worker died or lost the database"),
                broken.isPresent()
                        ? "Check that server, then run the same command again."
                        : "Look what became of the workers (memory, their logs), then run the same command again.");
        transactions.run(() -> {
            reports.fail(id, claim, fault.failure(), String.valueOf(fault.getMessage()));
            rows.fail(id);
        });
        reports.end(id, claim, false);
    }

    private StepExecution execute(StepExecutionRequest request, ClaimedPartition partition) {
        OwnExecution execution = OwnExecution.of(Objects.requireNonNull(
                repository.getStepExecution(request.getStepExecutionId()), request.getStepName()));
        try {
            step(execution, partition).execute(execution);
        } catch (JobInterruptedException e) {
            execution.setStatus(BatchStatus.STOPPED);
        } catch (RuntimeException | Error e) {
            execution.addFailureException(e);
            execution.setStatus(BatchStatus.FAILED);
        }
        return execution;
    }

    private Step step(StepExecution execution, ClaimedPartition partition) {
        Transactions fenced = transactions.fenced(
                () -> rows.requireVersion(execution.getId(), Objects.requireNonNull(execution.getVersion())));
        return work.step(new StepFactory(repository, partition.stop()), execution.getStepName(), fenced, partition);
    }

    /** Writes what became of it; false where the request has to go back. */
    private boolean ended(ClaimedPartition partition, StepExecution execution) {
        long id = partition.execution();
        int version = Objects.requireNonNullElse(execution.getVersion(), -1);
        if (rows.standing(id).filter(row -> row.version() == version).isEmpty()) {
            // It is another's, or the last word on it was not written.
            return false;
        }
        @Nullable
        Throwable fault = execution.getFailureExceptions().stream().findFirst().orElse(null);
        boolean stopped = execution.getStatus() == BatchStatus.STOPPED || PartitionFaults.isStop(fault);
        if (execution.getStatus() != BatchStatus.COMPLETED
                && (PartitionFaults.isOfDatabase(fault)
                        || (stopped && partition.end() != End.RUN_STOPS)
                        || (!stopped && fault == null))) {
            rows.giveBack(id, version);
            if (fault != null && PartitionFaults.isOfDatabase(fault)) {
                reports.broken(id, PartitionFaults.text(fault));
            }
            reports.end(id, partition.claim(), stopped);
            return false;
        }
        if (!stopped && fault != null) {
            tell(partition, fault);
        }
        return transactions.get(() -> report(partition, execution.getStatus() == BatchStatus.COMPLETED));
    }

    private boolean report(ClaimedPartition partition, boolean complete) {
        long id = partition.execution();
        if (!reports.beat(id, partition.claim(), partition.objects(), partition.bytes(), null)) {
            // Its request is back already; whoever takes it finds the row as it is.
            return false;
        }
        if (partition.objects() > 0) {
            reports.worker(worker, work.transfer(), work.refused());
        }
        if (complete) {
            reports.complete(id);
        }
        reports.end(id, partition.claim(), false);
        return true;
    }

    private void tell(ClaimedPartition partition, Throwable fault) {
        MigratorException told = PartitionFaults.told(fault, worker);
        reports.fail(partition.execution(), partition.claim(), told.failure(), String.valueOf(told.getMessage()));
    }

    private void closeSessions() {
        watch.close();
        try {
            sessions.close();
        } catch (Exception e) {
            LOG.debug("closing sessions", e);
        }
    }

    @Override
    public void close() {
        closeSessions();
        work.close();
    }
}
