package io.migrator.remote;

import io.migrator.batch.RemoteSteps.Course;
import io.migrator.batch.StopSignal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.JdbcTemplate;

/** A run that waits for the one partition of a {@link OneRequest}, which a session of a worker has taken. */
final class WaitingRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingRun.class);

    private final JdbcTemplate jdbc;
    private final Connection claim;
    private final CompletableFuture<Void> run;
    private final StopSignal stop;
    private final List<String> notes;

    private WaitingRun(
            JdbcTemplate jdbc, Connection claim, CompletableFuture<Void> run, StopSignal stop, List<String> notes) {
        this.jdbc = jdbc;
        this.claim = claim;
        this.run = run;
        this.stop = stop;
        this.notes = notes;
    }

    static WaitingRun start(OneRequest ground) {
        return start(ground, () -> {});
    }

    /**
     * @param require what the run asks before it goes on
     */
    static WaitingRun start(OneRequest ground, Runnable require) {
        JdbcTemplate jdbc = ground.transactions().jdbc();
        jdbc.update("delete from int_channel_message");
        StopSignal stop = new StopSignal();
        List<String> notes = new CopyOnWriteArrayList<>();
        StepExecution manager = ground.manager();
        RemotePartitions handler = new RemotePartitions(
                ground.repository(),
                ground.transactions(),
                ground.offers(),
                ground.offer(),
                stop,
                () -> {},
                notes::add,
                "copyBinlogs",
                new Asking(require),
                new Pace(Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofSeconds(1)));
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> {
            try {
                handler.handle(new Given(ground.partition()), manager);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        try {
            Connection claim = ground.claim();
            claim.setAutoCommit(false);
            Awaitility.await().until(() -> taken(claim));
            new PartitionReports(jdbc)
                    .begin(ground.partition().getId(), ground.partition().getStepName(), "there", process(claim));
            return new WaitingRun(jdbc, claim, run, stop, notes);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean taken(Connection claim) throws SQLException {
        try (Statement statement = claim.createStatement()) {
            boolean taken = statement.executeUpdate("delete from int_channel_message") == 1;
            if (!taken) {
                claim.rollback();
            }
            return taken;
        }
    }

    private static int process(Connection claim) throws SQLException {
        try (Statement statement = claim.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private record Given(StepExecution partition) implements StepExecutionSplitter {
        @Override
        public String getStepName() {
            return "copyBinlogs";
        }

        @Override
        public Set<StepExecution> split(StepExecution manager, int size) {
            return Set.of(partition);
        }
    }

    private record Asking(Runnable question) implements Course {
        @Override
        public void require() {
            question.run();
        }

        @Override
        public void done(long objects, long bytes) {}

        @Override
        public void ended(String transfer, Map<String, Long> refused) {}
    }

    List<String> notes() {
        return notes;
    }

    void stop() {
        stop.request();
    }

    /** What its worker tells from now on. */
    void tell(String assignments) {
        jdbc.update("update partition_report set " + assignments);
    }

    /** The session of the worker ends, and its request is back. */
    void loseClaim() {
        try {
            claim.close();
        } catch (SQLException e) {
            // The run has ended it before.
            LOG.debug("closing a claim", e);
        }
    }

    /** Waits for the end of the run, and fails as it does. */
    void end() throws Throwable {
        try {
            run.orTimeout(30, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        stop.request();
        loseClaim();
        run.exceptionally(fault -> null).join();
    }
}
