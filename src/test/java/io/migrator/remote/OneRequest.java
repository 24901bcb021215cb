package io.migrator.remote;

import io.migrator.batch.PartitionWork;
import io.migrator.batch.RunFacts;
import io.migrator.batch.StepFactory;
import io.migrator.batch.Transactions;
import io.migrator.config.RepositoryConfig;
import io.migrator.lab.PostgresServer;
import io.migrator.launch.postgres.PostgresStores;
import io.migrator.launch.postgres.WorkerSessions;
import io.migrator.launch.state.JobStore;
import io.migrator.launch.state.StateFile;
import io.migrator.report.Progress;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.SerializationUtils;

/** A run in a PostgreSQL that asks for help with one partition. */
final class OneRequest implements AutoCloseable {
    static final String VERSION = "this version";
    static final String PLACES = "from a to b";
    private static final String STEP = "copyBinlogs:0-9";

    private final JobStore store;
    private final WorkerSessions sessions;
    private final Offers offers;
    private final Offer offer;
    private final JobRepository repository;
    private final StepExecution manager;
    private final StepExecution partition;
    private final long execution;
    private WorkerSessions.@Nullable OfRun claiming;
    private volatile @Nullable Sharers sharers;
    private volatile boolean silent;

    private OneRequest(JobStore store, WorkerSessions sessions) throws Exception {
        this.store = store;
        this.sessions = sessions;
        this.offers = new Offers(store.dataSource(), sessions.schema());
        JobStore.SharedPlace place = store.shared().orElseThrow();
        this.offer = new Offer(
                place.schema(),
                place.epoch(),
                "backup",
                "n",
                "0123456789ab",
                VERSION,
                PLACES,
                Map.of(),
                Set.of("name"));
        JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
        factory.setDataSource(store.dataSource());
        factory.setTransactionManager(new JdbcTransactionManager(store.dataSource()));
        factory.afterPropertiesSet();
        this.repository = factory.getObject();
        JobParameters none = new JobParameters();
        JobInstance instance = repository.createJobInstance("backup", none);
        JobExecution job = repository.createJobExecution(instance, none, new ExecutionContext());
        this.manager = repository.createStepExecution("copyBinlogs", job);
        this.partition = repository.createStepExecution(STEP, job);
        this.execution = partition.getId();
        offers.prepare();
        Requests.prepare(store.jdbc());
        PartitionReports.prepare(store.jdbc());
        new Requests(store.dataSource(), VERSION).send(STEP, execution);
        offers.publish(offer);
        say();
    }

    static OneRequest start() {
        RepositoryConfig database = PostgresServer.shared().database();
        PostgresStores stores = new PostgresStores(database, UnaryOperator.identity(), () -> {});
        stores.prepare();
        try {
            return new OneRequest(
                    stores.open(new StateFile("backup-n-0123456789ab", "0123456789ab")), new WorkerSessions(database));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A worker takes a request and does that; false where it found none. */
    boolean take(Consumer<Transactions> work) {
        return takeAs(VERSION, work);
    }

    boolean takeAs(String version, Consumer<Transactions> work) {
        if (!silent) {
            say();
        }
        try (HelpedRun run = worker(version, work)) {
            return run.takeOne();
        }
    }

    /** The run lives. */
    void say() {
        offers.beat(offer, offers.now());
    }

    /** A worker notices soon that it is to take nothing. */
    boolean eventuallyRefuses() {
        try (HelpedRun run = worker("none of this version", transactions -> {})) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !run.open());
            return !run.takeOne();
        }
    }

    /** One of the version of the run; the caller closes it. */
    HelpedRun worker(Runnable work) {
        return worker(VERSION, transactions -> work.run());
    }

    /** When the one worker was heard of last. */
    Object beat() {
        return store.jdbc().queryForObject("select beat from %s.worker".formatted(sessions.schema()), Object.class);
    }

    private HelpedRun worker(String version, Consumer<Transactions> work) {
        WorkerSessions.OfRun mine = sessions.open(store.shared().orElseThrow(), 1);
        sharers = new Sharers(mine.transactions(), "here");
        Offer seen = new Offer(
                offer.schema(),
                offer.epoch(),
                offer.job(),
                offer.name(),
                offer.identity(),
                version,
                offer.places(),
                offer.parameters(),
                offer.given());
        return new HelpedRun(
                seen,
                offers,
                "here",
                sharers,
                mine.claims(),
                mine.transactions(),
                repository,
                new SingleStep(work),
                mine.closing(),
                Duration.ofMillis(10));
    }

    private record SingleStep(Consumer<Transactions> work) implements PartitionWork {
        @Override
        public Step step(StepFactory steps, String name, Transactions transactions, Progress done) {
            return steps.single(name, () -> work.accept(transactions));
        }

        @Override
        public String transfer() {
            return "server-side";
        }

        @Override
        public Map<String, Long> refused() {
            return Map.of();
        }

        @Override
        public void close() {}
    }

    Offers offers() {
        return offers;
    }

    Offer offer() {
        return offer;
    }

    JobRepository repository() {
        return repository;
    }

    Transactions transactions() {
        return store.transactions();
    }

    /** The step that the partition belongs to. */
    StepExecution manager() {
        return manager;
    }

    StepExecution partition() {
        return partition;
    }

    /** A session of a worker, for its request alone; open until the end. */
    Connection claim() throws SQLException {
        WorkerSessions.OfRun mine = sessions.open(store.shared().orElseThrow(), 1);
        claiming = mine;
        return mine.claims().getConnection();
    }

    void raiseVersion() {
        store.jdbc()
                .update("update BATCH_STEP_EXECUTION set VERSION = VERSION + 1 where STEP_EXECUTION_ID = ?", execution);
    }

    /** A chunk of the partition is recorded. */
    void record() {
        store.jdbc()
                .update(
                        "update BATCH_STEP_EXECUTION set WRITE_COUNT = WRITE_COUNT + 1 where STEP_EXECUTION_ID = ?",
                        execution);
    }

    void complete() {
        store.jdbc()
                .update("update BATCH_STEP_EXECUTION set STATUS = 'COMPLETED' where STEP_EXECUTION_ID = ?", execution);
    }

    void garbleRequest() {
        store.jdbc().update("update int_channel_message set message_content = 'no message'::bytea");
    }

    /** As somebody would who can write in the table. */
    void sendInstead(Serializable payload) {
        store.jdbc().update("update int_channel_message set message_content = ?", (Object)
                SerializationUtils.serialize(new GenericMessage<>(payload)));
    }

    void removeStep() {
        store.jdbc().update("delete from BATCH_STEP_EXECUTION_CONTEXT");
        store.jdbc().update("delete from BATCH_STEP_EXECUTION");
    }

    /** The run said its last word so long ago. */
    void heardBefore(Duration age) {
        silent = true;
        store.jdbc()
                .update(
                        "update %s.offer set beat = now() - make_interval(secs => ?)".formatted(sessions.schema()),
                        age.toSeconds());
    }

    void stopRun() {
        offers.stop(offer);
    }

    Optional<String> fact(String name) {
        return new RunFacts(store.transactions()).find(name);
    }

    /** By how many the limits of the run are shared, as its worker knows. */
    int sharers() {
        return Objects.requireNonNull(sharers).getAsInt();
    }

    long requests() {
        return new Requests(store.dataSource(), VERSION).open();
    }

    PartitionReports reports() {
        return new PartitionReports(store.jdbc());
    }

    String status() {
        return new JdbcTemplate(store.dataSource())
                .queryForObject(
                        "select STATUS from BATCH_STEP_EXECUTION where STEP_EXECUTION_ID = ?", String.class, execution);
    }

    @Override
    public void close() {
        try {
            if (claiming != null) {
                claiming.closing().close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            sessions.close();
            store.close();
        }
    }
}
