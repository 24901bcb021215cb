package io.migrator.launch.postgres;

import io.migrator.config.RepositoryConfig;
import io.migrator.launch.state.StateFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The schema that all work of a repository shares: which there is, who has it or had it last, names that were given. */
final class SharedTables {
    private final RepositoryConfig config;
    private final PostgresFaults faults;

    SharedTables(RepositoryConfig config, PostgresFaults faults) {
        this.config = config;
        this.faults = faults;
    }

    /** Makes what is missing; two that begin at the same moment do so one after the other. */
    void prepare(Connection connection) throws SQLException {
        if (there(connection)) {
            return;
        }
        if (!truth(connection, "select has_database_privilege(current_database(), 'create')")) {
            throw faults.mayNotCreate(connection.getCatalog());
        }
        String schema = config.schema();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(hashtextextended('%s', 0))".formatted(schema));
            statement.execute("create schema if not exists " + schema);
            statement.execute("create table if not exists %s.run (schema_name text primary key, name text not null,"
                            .formatted(schema)
                    + " identity text not null, epoch bigint not null, holder text not null,"
                    + " changed timestamptz not null default now())");
            statement.execute("create table if not exists %s.pending_name (work text primary key, name text not null)"
                    .formatted(schema));
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    boolean there(Connection connection) throws SQLException {
        return truth(connection, "select to_regclass('%s.pending_name') is not null".formatted(config.schema()));
    }

    private static boolean truth(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                var result = statement.executeQuery(question)) {
            return result.next() && result.getBoolean(1);
        }
    }

    /** Takes the work down as this run's, which holds its lock; gives the number of this ownership, which never comes again. */
    long take(Connection connection, String schema, StateFile state, String holder) {
        Long epoch = jdbc(connection)
                .queryForObject(
                        "insert into %s.run as r (schema_name, name, identity, epoch, holder) values (?, ?, ?, 1, ?)"
                                        .formatted(config.schema())
                                + " on conflict (schema_name) do update set epoch = r.epoch + 1, holder = excluded.holder,"
                                + " changed = now() returning epoch",
                        Long.class,
                        schema,
                        state.name(),
                        state.identity(),
                        holder);
        return epoch == null ? 0 : epoch;
    }

    /** The statement that fails in a session of a run that has lost its work to another, and on a standby. */
    String fence(String schema, long epoch) {
        // A division by no row is none: an error without a function of ours on the server.
        return ("select 1 / (select count(*) from %s.run where schema_name = '%s' and epoch = %d"
                        + " and not pg_is_in_recovery())")
                .formatted(config.schema(), schema, epoch);
    }

    Optional<Long> epoch(JdbcTemplate jdbc, String schema) {
        return jdbc
                .queryForList(
                        "select epoch from %s.run where schema_name = ?".formatted(config.schema()), Long.class, schema)
                .stream()
                .findFirst();
    }

    String holder(Connection connection, String schema) {
        return jdbc(connection)
                .queryForList(
                        "select holder from %s.run where schema_name = ?".formatted(config.schema()),
                        String.class,
                        schema)
                .stream()
                .findFirst()
                .orElse("another process");
    }

    /** Work whose names begin so, the youngest first. */
    List<StateFile> all(Connection connection, String prefix) {
        return jdbc(connection)
                .query(
                        "select name, identity from %s.run where left(name, ?) = ? and to_regnamespace(schema_name) is not null"
                                        .formatted(config.schema())
                                + " order by changed desc, name",
                        (row, index) -> new StateFile(row.getString(1), row.getString(2)),
                        prefix.length(),
                        prefix);
    }

    String pendingName(Connection connection, String work, String fresh) {
        JdbcTemplate jdbc = jdbc(connection);
        jdbc.update(
                "insert into %s.pending_name (work, name) values (?, ?) on conflict do nothing"
                        .formatted(config.schema()),
                work,
                fresh);
        String kept = jdbc.queryForObject(
                "select name from %s.pending_name where work = ?".formatted(config.schema()), String.class, work);
        return kept == null ? fresh : kept;
    }

    /** Not a later one, which another run may have begun a backup by. */
    void forgetName(Connection connection, String work, String name) {
        jdbc(connection)
                .update(
                        "delete from %s.pending_name where work = ? and name = ?".formatted(config.schema()),
                        work,
                        name);
    }

    /** What was kept of work that is dropped, but for its number: see {@link #take}. */
    void forget(Connection connection, String schema, StateFile state) throws SQLException {
        // The name of the backup is between the job's word and the digest.
        jdbc(connection)
                .update(
                        "delete from %s.pending_name where ? = 'backup-' || name || '-' || ?"
                                .formatted(config.schema()),
                        state.name(),
                        state.identity());
        if (truth(connection, "select to_regclass('%s.offer') is not null".formatted(config.schema()))) {
            jdbc(connection).update("delete from %s.offer where schema_name = ?".formatted(config.schema()), schema);
        }
    }

    private static JdbcTemplate jdbc(Connection connection) {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }
}
