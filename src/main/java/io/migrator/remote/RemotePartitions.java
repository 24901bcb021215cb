package io.migrator.remote;

import io.migrator.batch.RemoteSteps.Course;
import io.migrator.batch.StopSignal;
import io.migrator.batch.Transactions;
import io.migrator.config.RepositoryConfig;
import io.migrator.config.SecondsProperty;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.partition.support.AbstractPartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * Sends the partitions of a step to whichever workers there are, and waits until none is open. The one fact that says so is in the
 * tables: no request is left, and no row of a partition is running. Whoever asks is never told anything by a worker that died.
 */
public final class RemotePartitions extends AbstractPartitionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RemotePartitions.class);
    /** A worker whose process or host stands still for so long loses its partition. */
    private static final SecondsProperty SILENT =
            new SecondsProperty("migrator.worker.silentSeconds", Duration.ofSeconds(60));

    private static final Duration LONELY_AGAIN = Duration.ofMinutes(5);

    private final JobRepository repository;
    private final Transactions transactions;
    private final Offers offers;
    private final Offer offer;
    private final StopSignal stop;
    private final Runnable held;
    private final Consumer<String> notes;
    private final String step;
    private final Course course;
    private final Requests requests;
    private final PartitionReports reports;
    private final StepRows rows;
    private final Pace pace;
    private final Duration silent = SILENT.value();
    private final Duration patience = RepositoryConfig.AWAY.value();

    /**
     * @param transactions the run's own schema
     * @param held fails where the run has lost its work to another, or the database does not come back
     */
    public RemotePartitions(
            JobRepository repository,
            Transactions transactions,
            Offers offers,
            Offer offer,
            StopSignal stop,
            Runnable held,
            Consumer<String> notes,
            String step,
            Course course) {
        this(repository, transactions, offers, offer, stop, held, notes, step, course, Pace.USUAL);
    }

    RemotePartitions(
            JobRepository repository,
            Transactions transactions,
            Offers offers,
            Offer offer,
            StopSignal stop,
            Runnable held,
            Consumer<String> notes,
            String step,
            Course course,
            Pace pace) {
        this.pace = pace;
        this.repository = repository;
        this.transactions = transactions;
        this.offers = offers;
        this.offer = offer;
        this.stop = stop;
        this.held = held;
        this.notes = notes;
        this.step = step;
        this.course = course;
        JdbcTemplate jdbc = transactions.jdbc();
        this.requests = new Requests(Objects.requireNonNull(jdbc.getDataSource()), offer.version());
        this.reports = new PartitionReports(jdbc);
        this.rows = new StepRows(jdbc);
    }

    @Override
    protected Set<StepExecution> doHandle(StepExecution manager, Set<StepExecution> partitions) throws Exception {
        prepare();
        if (partitions.isEmpty()) {
            course.ended("", reports.refused());
            return partitions;
        }
        transactions.run(() -> partitions.forEach(one -> requests.send(one.getStepName(), one.getId())));
        offers.publish(offer);
        StepRows.Of mine = new StepRows.Of(manager.getJobExecutionId(), step);
        Optional<MigratorException> fault;
        try {
            fault = await(mine);
        } finally {
            withdraw();
        }
        course.ended(reports.transfer(), reports.refused());
        if (fault.isPresent()) {
            throw fault.get();
        }
        return fresh(manager);
    }

    /** A run before may have left some: what is done is in the plan, and all parts were cut anew. */
    private void prepare() {
        JdbcTemplate jdbc = transactions.jdbc();
        transactions.run(() -> {
            Requests.prepare(jdbc);
            PartitionReports.prepare(jdbc);
            requests.takeBack();
            reports.clear();
        });
    }

    private void withdraw() {
        try {
            offers.withdraw(offer);
        } catch (DataAccessException | TransactionException e) {
            // It lapses by itself.
            LOG.debug("taking an offer back", e);
        }
    }

    private Set<StepExecution> fresh(StepExecution manager) {
        Set<StepExecution> ended = new HashSet<>();
        for (StepExecution one : Objects.requireNonNull(repository.getJobExecution(manager.getJobExecutionId()))
                .getStepExecutions()) {
            if (one.getStepName().startsWith(step + ":")) {
                ended.add(one);
            }
        }
        return ended;
    }

    /** What is remembered from one look to the next. */
    private static final class Looks {
        private PartitionReports.Done done = new PartitionReports.Done(0, 0, 0);
        private long worked = System.nanoTime();
        private long away;
        private boolean left;
        private List<Long> orphans = new ArrayList<>();
        private @Nullable RuntimeException ending;
        /** The gravest that a partition told. It stays: who was told to stop is not told to go on. */
        private Optional<MigratorException> fault = Optional.empty();
    }

    /** Gives the fault of a partition that ended the others. */
    private Optional<MigratorException> await(StepRows.Of mine) {
        Looks looks = new Looks();
        while (!ended(mine, looks)) {
            pause(looks.left);
        }
        if (looks.ending != null) {
            throw looks.ending;
        }
        return looks.fault;
    }

    private boolean ended(StepRows.Of mine, Looks looks) {
        try {
            boolean end = look(mine, looks);
            looks.away = 0;
            return end;
        } catch (DataAccessException | TransactionException e) {
            held.run();
            long now = System.nanoTime();
            looks.away = looks.away == 0 ? now : looks.away;
            if (now - looks.away > patience.toNanos()) {
                throw e;
            }
            LOG.debug("looking at partitions", e);
            return false;
        }
    }

    private boolean look(StepRows.Of mine, Looks looks) {
        PartitionReports.Done done = reports.done();
        course.done(done.objects(), done.bytes());
        OffsetDateTime asked = offers.now();
        boolean stopping = stopping(looks);
        if (stopping) {
            offers.stop(offer);
            requests.takeBack();
        } else {
            offers.beat(offer, asked);
        }
        cut(stopping);
        if (!stopping) {
            sayWhereLonely(done, looks);
        }
        looks.left = requests.open() > 0;
        return !looks.left && noneRunning(mine, stopping, looks);
    }

    private void cut(boolean stopping) {
        Duration silence = stopping ? pace.silenceOfTheStopped() : silent;
        if (reports.cut(silence) > 0) {
            notes.accept("a worker has not been heard of for %d s: its part is %s"
                    .formatted(silence.toSeconds(), stopping ? "taken back" : "given to another"));
        }
    }

    private void sayWhereLonely(PartitionReports.Done done, Looks looks) {
        long now = System.nanoTime();
        if (!done.equals(looks.done) || reports.atWork()) {
            looks.done = done;
            looks.worked = now;
        } else if (now - looks.worked > pace.lonely().toNanos()) {
            looks.worked = now + LONELY_AGAIN.minus(pace.lonely()).toNanos();
            notes.accept(lonely());
        }
    }

    /** A stop, a fault of a partition, or of the run itself ends what the others do. */
    private boolean stopping(Looks looks) {
        looks.fault = Stream.concat(looks.fault.stream(), reports.fault().stream())
                .max(Comparator.comparing(MigratorException::failure, Failure.BY_GRAVITY));
        if (stop.requested()) {
            // Whether it could go on matters no more, and may not be known.
            return true;
        }
        if (looks.ending == null) {
            try {
                course.require();
            } catch (MigratorException e) {
                looks.ending = e;
            }
        }
        return looks.ending != null || looks.fault.isPresent();
    }

    private boolean noneRunning(StepRows.Of mine, boolean stopping, Looks looks) {
        List<Long> running = rows.open(mine);
        if (running.isEmpty()) {
            return true;
        }
        if (stopping) {
            // Nobody has a request of theirs, and whoever thinks so finds another version in the row.
            rows.stop(mine);
            return true;
        }
        // By the rules of a worker there are none: it ends the row before the request.
        List<Long> orphans = running.stream().filter(looks.orphans::contains).toList();
        for (long orphan : orphans) {
            transactions.run(() -> {
                rows.reopen(orphan);
                requests.send(step + ":" + orphan, orphan);
            });
        }
        looks.orphans = running;
        return false;
    }

    private String lonely() {
        List<String> workers = offers.alive(offer);
        return "no worker has had a part at work for %d s: start some with 'migrator worker' of version %s and the same places; %s"
                .formatted(
                        pace.lonely().toSeconds(),
                        offer.version(),
                        workers.isEmpty() ? "none is there" : "there are " + String.join(", ", workers));
    }

    private void pause(boolean left) {
        try {
            requests.pause(pace.turn(), left);
        } catch (InterruptedException e) {
            // The signal says it from now on; the flag would keep this from waiting for the others.
            stop.request();
        }
    }
}
