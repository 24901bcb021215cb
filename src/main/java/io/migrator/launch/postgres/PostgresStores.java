package io.migrator.launch.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.migrator.batch.ThisProcess;
import io.migrator.config.RepositoryConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.postgres.SchemaStore.Preparation;
import io.migrator.launch.request.JobIdentity;
import io.migrator.launch.state.JobStore;
import io.migrator.launch.state.JobStore.SharedPlace;
import io.migrator.launch.state.JobStores;
import io.migrator.launch.state.PendingName;
import io.migrator.launch.state.StateFile;
import io.migrator.launch.state.StateVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A PostgreSQL: a schema for each piece of work, for the runs of all hosts. */
public final class PostgresStores implements JobStores {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresStores.class);
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final String COMPLETED = "select 1 from BATCH_JOB_EXECUTION where STATUS = 'COMPLETED' limit 1";

    private static final List<String> LEFT_BY_WORKERS = List.of("int_channel_message", "partition_report");

    private final RepositoryConfig config;
    private final UnaryOperator<DataSource> seen;
    private final Runnable stop;
    private final PostgresFaults faults;
    private final Sessions sessions;
    private final SharedTables shared;

    /**
     * @param seen what all who use a database are given of it
     * @param stop has the run stop where it lost its work to another
     */
    public PostgresStores(RepositoryConfig config, UnaryOperator<DataSource> seen, Runnable stop) {
        this.config = config;
        this.seen = seen;
        this.stop = stop;
        this.faults = new PostgresFaults(config);
        this.sessions = new Sessions(config);
        this.shared = new SharedTables(config, faults);
    }

    /** What is asked of a session. */
    private interface Question<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> T ask(Question<T> question) {
        return ask(config.schema(), question);
    }

    private <T> T ask(String schema, Question<T> question) {
        try (Connection connection = sessions.open(Sessions.NO_RUN, schema)) {
            return question.of(connection);
        } catch (SQLException e) {
            throw faults.of(e);
        } catch (DataAccessException e) {
            if (e.getMostSpecificCause() instanceof SQLException cause) {
                throw faults.of(cause);
            }
            throw e;
        }
    }

    @Override
    public void prepare() {
        ask(one -> {
            try (Connection other = sessions.open(Sessions.NO_RUN, SHORT)) {
                new ServerCheck(faults).require(one, other);
            }
            shared.prepare(one);
            return true;
        });
    }

    @Override
    public JobStore open(StateFile state) {
        return open(state, (version, form, lock) -> version::prepare);
    }

    @Override
    public JobStore openForVault(StateFile state, boolean unfinishedToo) {
        return open(state, (version, form, lock) -> connection -> {
            boolean other = !version.untouched(connection) && !version.current(connection);
            if (other && (unfinishedToo || completed(connection))) {
                form.empty(connection);
            }
            version.prepare(connection);
        });
    }

    @Override
    public JobStore openAnew(StateFile state, Consumer<JdbcTemplate> forgettable) {
        return open(state, (version, form, lock) -> connection -> {
            boolean kept = version.untouched(connection) || (version.current(connection) && completed(connection));
            if (!kept) {
                forgettable.accept(jdbc(connection));
                lock.requireHeld();
                putAside(connection, form.schema());
            }
            version.prepare(connection);
        });
    }

    private void putAside(Connection connection, String schema) throws SQLException {
        String aside = SchemaName.aside(config.schema(), schema, Instant.now());
        try (Statement statement = connection.createStatement()) {
            statement.execute("alter schema %s rename to %s".formatted(schema, aside));
            statement.execute("comment on schema %s is 'was %s, put aside by resume=restart'".formatted(aside, schema));
            statement.execute("create schema " + schema);
        }
    }

    /** What is done to a schema when it is opened. */
    private interface Opening {
        Preparation of(StateVersion version, SchemaForm form, RunLock lock);
    }

    private JobStore open(StateFile state, Opening opening) {
        String schema = SchemaName.of(config.schema(), state);
        SchemaForm form = new SchemaForm(schema, config.display() + " (schema " + schema + ")");
        StateVersion version = new StateVersion(form);
        ThisProcess self = ThisProcess.look();
        String holder = "pid %d on %s since %s".formatted(self.pid(), self.host(), Instant.now());
        RunLock lock = null;
        try {
            lock = RunLock.take(sessions, shared, faults, schema, state, holder, RepositoryConfig.AWAY.value());
            String fence = shared.fence(schema, lock.epoch());
            makeReady(schema, fence, opening.of(version, form, lock));
            HikariDataSource pool = sessions.pool(schema, schema, fence, RepositoryConfig.AWAY.value());
            SharedPlace place = new SharedPlace(config.schema(), schema, lock.epoch());
            JobStore store = new SchemaStore(place, lock, new LockWatch(lock, stop), pool, seen, connection -> {
                form.empty(connection);
                version.prepare(connection);
            });
            lock = null;
            return store;
        } catch (SQLException e) {
            throw faults.of(e);
        } catch (DataAccessException e) {
            throw e.getMostSpecificCause() instanceof SQLException cause ? faults.of(cause) : e;
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    private void makeReady(String schema, String fence, Preparation preparation) throws SQLException {
        try (Connection connection = sessions.open(schema, schema, fence);
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists " + schema);
            preparation.run(connection);
            // Of a run before that others helped; this one may be without.
            for (String table : LEFT_BY_WORKERS) {
                if (jdbc(connection).queryForObject("select to_regclass(?)", String.class, schema + "." + table)
                        != null) {
                    statement.execute("delete from " + table);
                }
            }
        }
    }

    private static boolean completed(Connection connection) {
        return !jdbc(connection).queryForList(COMPLETED, Integer.class).isEmpty();
    }

    private static JdbcTemplate jdbc(Connection connection) {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    @Override
    public boolean exists(StateFile state) {
        return all(state.name()).stream().anyMatch(state::equals);
    }

    /** Fails where the server does not answer: a restore that passed its own state over would begin anew. */
    @Override
    public <T> Optional<T> look(StateFile state, Function<JdbcTemplate, T> question) {
        String schema = SchemaName.of(config.schema(), state);
        return ask(schema, connection -> {
            connection.setReadOnly(true);
            JdbcTemplate jdbc = jdbc(connection);
            if (RunLock.held(jdbc, schema)) {
                return Optional.empty();
            }
            return answer(jdbc, question);
        });
    }

    private static <T> Optional<T> answer(JdbcTemplate jdbc, Function<JdbcTemplate, T> question) {
        try {
            return Optional.of(question.apply(jdbc));
        } catch (BadSqlGrammarException e) {
            SQLException cause = e.getSQLException();
            if (cause != null && PostgresFaults.NO_RIGHT.equals(cause.getSQLState())) {
                throw e;
            }
            // No table of that name, as before a run has made them or in another version's.
            LOG.debug("passing over a schema", e);
            return Optional.empty();
        }
    }

    /** Also where it has taken nothing down yet. */
    @Override
    public void requireFree(StateFile state, Predicate<JdbcTemplate> inTheWay) {
        String schema = SchemaName.of(config.schema(), state);
        ask(schema, connection -> {
            connection.setReadOnly(true);
            JdbcTemplate jdbc = jdbc(connection);
            if (RunLock.held(jdbc, schema) && answer(jdbc, inTheWay::test).orElse(true)) {
                throw RunLock.inTheWay(state, shared.holder(connection, schema));
            }
            return true;
        });
    }

    /** None where no run has made the shared tables yet, as before the first one. */
    @Override
    public List<StateFile> all(String prefix) {
        return ask(connection -> shared.there(connection) ? shared.all(connection, prefix) : List.of());
    }

    @Override
    public JobStores copy(StateFile state) {
        String schema = SchemaName.of(config.schema(), state);
        return ask(schema, connection -> {
            if (RunLock.held(jdbc(connection), schema)) {
                throw RunLock.inUse(state, shared.holder(connection, schema), null);
            }
            return new SchemaCopy(connection, new SchemaForm(schema, config.display())).into(state, seen);
        });
    }

    @Override
    public String takeOrCreateName(JobIdentity unnamed, String selection) {
        return ask(connection ->
                shared.pendingName(connection, unnamed.digestWithSource(), PendingName.of(selection, Instant.now())));
    }

    @Override
    public void forgetName(JobIdentity unnamed, String name) {
        ask(connection -> {
            shared.forgetName(connection, unnamed.digestWithSource(), name);
            return true;
        });
    }

    @Override
    public Optional<MigratorException> refusal(Throwable cause) {
        return cause instanceof SQLException fault
                ? Optional.of(faults.of(fault)).filter(told -> told.failure() == Failure.DENIED)
                : Optional.empty();
    }

    @Override
    public boolean passes(Throwable cause) {
        return PostgresFaults.passes(cause);
    }

    @Override
    public String display() {
        return config.display();
    }

    @Override
    public String advice() {
        return "Check PostgreSQL, then run the same command again.";
    }

    /** Each question has a session of its own. */
    @Override
    public void close() {}
}
