package io.migrator.launch.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The form of the tables in a job database. Tables of another form are never guessed at: what they say of a work half
 * done may mean something else.
 */
public final class StateVersion {
    /** To be raised with every change to migrator-schema.sql. */
    private static final String CURRENT = "8";

    /** Name of the fact that tells it. */
    static final String FACT = "state_version";

    private final TableForm form;

    public StateVersion(TableForm form) {
        this.form = form;
    }

    /**
     * Makes the tables where no run has begun yet.
     *
     * @throws MigratorException RESUME_REFUSED where another version of this program made them
     */
    public void prepare(Connection connection) throws SQLException {
        String found = found(connection);
        if (found.equals(CURRENT)) {
            return;
        }
        if (holdsARun(connection)) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "go on with",
                    form.display(),
                    "another version of migrator began this work (state version %s, this one has %s)"
                            .formatted(found.isEmpty() ? "1" : found, CURRENT),
                    ("Finish it with that version. resume=restart puts the %s aside and begins anew, of a backup with what"
                                    + " lies in the vault; resume=force cannot help, for the %s cannot be read.")
                            .formatted(form.thing(), form.thing()));
        }
        // Whoever died while making them left some: the stamp comes last.
        form.empty(connection);
        form.make(connection);
        put(connection);
    }

    /** Whether this version made the tables. */
    public boolean current(Connection connection) throws SQLException {
        return found(connection).equals(CURRENT);
    }

    /** Whether no run has begun here. */
    public boolean untouched(Connection connection) throws SQLException {
        return !holdsARun(connection);
    }

    private String found(Connection connection) throws SQLException {
        return form.has(connection, "RUN_FACT") ? stamp(connection) : "";
    }

    private boolean holdsARun(Connection connection) throws SQLException {
        if (!form.has(connection, "BATCH_JOB_EXECUTION")) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet executions = statement.executeQuery("select 1 from BATCH_JOB_EXECUTION")) {
            return executions.next();
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
