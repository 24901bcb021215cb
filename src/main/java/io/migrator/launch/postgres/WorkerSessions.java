package io.migrator.launch.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.migrator.batch.Transactions;
import io.migrator.config.RepositoryConfig;
import io.migrator.failure.MigratorException;
import io.migrator.launch.state.JobStore.SharedPlace;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sessions of a worker. Those for a run bear the name of the run's schema and begin with its fence, as the run's own do: whoever
 * takes the work over ends them all, and they make no new ones.
 */
public final class WorkerSessions implements AutoCloseable {
    /** Without its session a chunk is copied again; a run that is another's by now gives none, and keeps a thread so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration BRIEF = Duration.ofSeconds(1);
    private static final int LOOKS = 2;

    /** A process that stands still within one keeps what it has locked from whoever takes its part. */
    private static final String SHORT = "set idle_in_transaction_session_timeout = '30s'";

    private final RepositoryConfig config;
    private final PostgresFaults faults;
    private final Sessions sessions;
    private final SharedTables shared;
    private final HikariDataSource looks;

    /** Fails as a run would where the server cannot be used. */
    public WorkerSessions(RepositoryConfig config) {
        this.config = config;
        this.faults = new PostgresFaults(config);
        this.sessions = new Sessions(config);
        this.shared = new SharedTables(config, faults);
        new PostgresStores(config, UnaryOperator.identity(), () -> {}).prepare();
        this.looks = sessions.pool(Sessions.NO_RUN, config.schema(), "select 1", PATIENCE, LOOKS);
    }

    /** What an error of its sessions means for a worker. */
    public MigratorException told(NestedRuntimeException fault) {
        return faults.of(fault);
    }

    /** For looks at what all share. */
    public DataSource common() {
        return looks;
    }

    public String schema() {
        return config.schema();
    }

    /**
     * What a worker has of one run.
     *
     * @param claims for requests alone
     */
    public record OfRun(DataSource claims, Transactions transactions, AutoCloseable closing) {}

    /** @param threads that work for it at once */
    public OfRun open(SharedPlace place, int threads) {
        String fence = shared.fence(place.schema(), place.epoch());
        HikariDataSource claims = sessions.pool(place.schema(), place.schema(), fence, BRIEF, threads);
        // A thread has one at a time; one each for its looks, and some for the end of a few.
        HikariDataSource work =
                sessions.pool(place.schema(), place.schema(), fence + "; " + SHORT, PATIENCE, threads + 2);
        Transactions transactions = new Transactions(new JdbcTemplate(work), new SchemaEngine(() -> {}));
        return new OfRun(claims, transactions, () -> {
            claims.close();
            work.close();
        });
    }

    @Override
    public void close() {
        looks.close();
    }
}
