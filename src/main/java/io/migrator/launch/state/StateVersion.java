package io.migrator.launch.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The form of the tables in a job database. Tables of another form are never guessed at: what they say of a work half
 * done may mean something else.
 */
final class StateVersion {
    /** To be raised with every change to migrator-schema.sql. */
    private static final String CURRENT = "7";

    private static final String FACT = "state_version";

    private StateVersion() {}

    /**
     * Makes the tables where no run has begun yet.
     *
     * @param file how messages name the database
     * @throws MigratorException RESUME_REFUSED where another version of this program made them
     */
    static void prepare(Connection connection, Path file) throws SQLException {
        String found = found(connection);
        if (found.equals(CURRENT)) {
            return;
        }
        if (holdsARun(connection)) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "go on with",
                    file + ".mv.db",
                    "another version of migrator began this work (state version %s, this one has %s)"
                            .formatted(found.isEmpty() ? "1" : found, CURRENT),
                    "Finish it with that version. resume=restart puts the file aside and begins anew, of a backup with what"
                            + " lies in the vault; resume=force cannot help, for the file cannot be read.");
        }
        // Whoever died while making them left some: the stamp comes last.
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop all objects");
        }
        for (String script : new String[] {"org/springframework/batch/core/schema-h2.sql", "migrator-schema.sql"}) {
            new ResourceDatabasePopulator(new ClassPathResource(script)).populate(connection);
        }
        put(connection);
    }

    /** Whether this version made the tables. */
    static boolean current(Connection connection) throws SQLException {
        return found(connection).equals(CURRENT);
    }

    /** Whether no run has begun here. */
    static boolean untouched(Connection connection) throws SQLException {
        return !holdsARun(connection);
    }

    private static String found(Connection connection) throws SQLException {
        return has(connection, "RUN_FACT") ? stamp(connection) : "";
    }

    private static boolean holdsARun(Connection connection) throws SQLException {
        if (!has(connection, "BATCH_JOB_EXECUTION")) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet executions = statement.executeQuery("select 1 from BATCH_JOB_EXECUTION")) {
            return executions.next();
        }
    }

    private static boolean has(Connection connection, String table) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, table, null)) {
            return tables.next();
        }
    }

    private static String stamp(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select fact from run_fact where name = ?")) {
            query.setString(1, FACT);
            try (ResultSet result = query.executeQuery()) {
                return result.next() ? result.getString(1) : "";
            }
        }
    }

    private static void put(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into run_fact (name, fact) values (?, ?)")) {
            insert.setString(1, FACT);
            insert.setString(2, CURRENT);
            insert.executeUpdate();
        }
    }
}
