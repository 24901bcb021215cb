package io.migrator.launch.postgres;

import io.migrator.config.RepositoryConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether a server can hold the state of jobs: its version, that it takes writes, and that a session is
 * one and the same from its begin to its end.
 */
final class ServerCheck {
    private static final int OLDEST = 13;
    /** A pooler may hand out another session by chance. */
    private static final int TRIES = 3;

    private final PostgresFaults faults;

    ServerCheck(PostgresFaults faults) {
        this.faults = faults;
    }

    /**
     * UNSUPPORTED where the server is too old, or a pooler gives the server's sessions away between transactions.
     * REPOSITORY where it is a standby, whose locks the other servers do not know.
     *
     * @param one and other, two sessions that do nothing
     */
    void require(Connection one, Connection other) throws SQLException, MigratorException {
        int version = one.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            throw faults.unable(
                    Failure.UNSUPPORTED,
                    "it is PostgreSQL %d, and %d is the oldest that can be used".formatted(version, OLDEST),
                    "Name a newer server, or keep the state in a folder (no %s).".formatted(RepositoryConfig.URL),
                    null);
        }
        if (standby(one) || standby(other)) {
            throw faults.standby("it is a standby", null);
        }
        for (int i = 0; i < TRIES; i++) {
            if (shared(one, other)) {
                throw faults.pooler(null);
            }
        }
    }

    /** While the other is in a transaction, the one has to have the session that it had before, and the other another. */
    private static boolean shared(Connection one, Connection other) throws SQLException {
        int before = process(one);
        other.setAutoCommit(false);
        try {
            int within = process(other);
            return within == before || process(one) != before;
        } finally {
            other.rollback();
            other.setAutoCommit(true);
        }
    }

    private static boolean standby(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_is_in_recovery()")) {
            return result.next() && result.getBoolean(1);
        }
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_backend_pid()")) {
            result.next();
            return result.getInt(1);
        }
    }
}
