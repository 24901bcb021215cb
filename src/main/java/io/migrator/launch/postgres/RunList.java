package io.migrator.launch.postgres;

import io.migrator.batch.ThisProcess;
import io.migrator.config.RepositoryConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.postgres.KnownRun.Part;
import io.migrator.launch.postgres.KnownRun.State;
import io.migrator.launch.state.StateFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What lies in a repository, and the one way to have it forgotten. */
public final class RunList {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RepositoryConfig config;
    private final PostgresFaults faults;
    private final Sessions sessions;
    private final SharedTables shared;

    public RunList(RepositoryConfig config) {
        this.config = config;
        this.faults = new PostgresFaults(config);
        this.sessions = new Sessions(config);
        this.shared = new SharedTables(config, faults);
    }

    /** The youngest first; nothing is changed. */
    public List<KnownRun> all() {
        try (Connection connection = sessions.open(Sessions.NO_RUN, config.schema())) {
            if (!shared.there(connection)) {
                return List.of();
            }
            connection.setReadOnly(true);
            List<KnownRun> all = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery(("select name, schema_name, holder, changed, identity from %s.run"
                                            // Of what was dropped the row stays.
                                            + " where to_regnamespace(schema_name) is not null order by changed desc, name")
                                    .formatted(config.schema()))) {
                while (row.next()) {
                    all.add(known(
                            jdbc(connection),
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getObject(4, OffsetDateTime.class).toInstant(),
                            row.getString(5)));
                }
            }
            return all;
        } catch (SQLException e) {
            throw faults.of(e);
        } catch (DataAccessException e) {
            throw e.getMostSpecificCause() instanceof SQLException cause ? faults.of(cause) : e;
        }
    }

    private static KnownRun known(
            JdbcTemplate jdbc, String name, String schema, String holder, Instant changed, String identity) {
        if (!there(jdbc, schema, "batch_job_execution")) {
            return new KnownRun(name, identity, schema, State.UNREADABLE, holder, changed, 0, List.of());
        }
        List<String> executions = jdbc.query(
                "select coalesce(status, '') from %s.batch_job_execution order by job_execution_id desc"
                        .formatted(schema),
                (row, index) -> row.getString(1));
        State state = RunLock.held(jdbc, schema)
                ? State.RUNNING
                : executions.contains("COMPLETED") ? State.COMPLETE : State.UNFINISHED;
        return new KnownRun(name, identity, schema, state, holder, changed, executions.size(), parts(jdbc, schema));
    }

    private static boolean there(JdbcTemplate jdbc, String schema, String table) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select to_regclass(?) is not null", Boolean.class, schema + "." + table));
    }

    private static List<Part> parts(JdbcTemplate jdbc, String schema) {
        if (!there(jdbc, schema, "partition_report")) {
            return List.of();
        }
        return jdbc.query(
                // Whoever died has no session any more.
                ("select name, worker, not ended and exists (select 1 from pg_stat_activity a where a.pid = claim"
                                + " and a.application_name = '%1$s'), begun, beat, attempts, objects, bytes"
                                + " from %1$s.partition_report order by step_execution_id")
                        .formatted(schema),
                (row, index) -> new Part(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getObject(5, OffsetDateTime.class).toInstant(),
                        row.getInt(6),
                        row.getLong(7),
                        row.getLong(8)));
    }

    /**
     * Forgets a piece of work, with all that it knew, but for the number of its ownership: by a number that came again, a process
     * that had the work before could write in what is another's by now.
     *
     * @throws MigratorException NOT_FOUND where there is none of that name, LOCKED where a run has it
     */
    public void drop(String name) {
        KnownRun run = all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> MigratorException.unable(
                        Failure.NOT_FOUND,
                        "drop",
                        name,
                        "there is no such work in " + config.display(),
                        "Name one as 'runs' shows it."));
        ThisProcess self = ThisProcess.look();
        String holder = "pid %d on %s, which drops it".formatted(self.pid(), self.host());
        StateFile state = new StateFile(name, run.identity());
        try (RunLock lock = RunLock.take(sessions, shared, faults, run.schema(), state, holder, PATIENCE);
                Connection connection = sessions.open(Sessions.NO_RUN, config.schema());
                Statement statement = connection.createStatement()) {
            lock.requireHeld();
            statement.execute("drop schema if exists %s cascade".formatted(run.schema()));
            for (String aside : jdbc(connection)
                    .queryForList(
                            "select nspname from pg_namespace where nspname ~ ?",
                            String.class,
                            SchemaName.asides(config.schema(), run.schema()))) {
                statement.execute("drop schema if exists %s cascade".formatted(aside));
            }
            shared.forget(connection, run.schema(), state);
        } catch (SQLException e) {
            throw faults.of(e);
        } catch (DataAccessException e) {
            throw e.getMostSpecificCause() instanceof SQLException cause ? faults.of(cause) : e;
        }
    }

    private static JdbcTemplate jdbc(Connection connection) {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }
}
