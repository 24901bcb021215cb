package io.migrator.launch.postgres;

import io.migrator.batch.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/** PostgreSQL as the tables of a job use it. */
final class SchemaEngine implements Engine {
    private static final String ENDING = "end a stream of rows";

    private final Runnable held;

    /** @param held fails where another has the work */
    SchemaEngine(Runnable held) {
        this.held = held;
    }

    /** A commit is on the server's disk when it returns; what is left to prove is that no other run has the work. */
    @Override
    public void force(JdbcTemplate jdbc) {
        held.run();
    }

    @Override
    public void run(DataSource database, String script) {
        new JdbcTemplate(database).execute(SchemaForm.script(script));
    }

    /** Outside of a transaction the driver would take all rows at once. */
    @Override
    public <T> Stream<T> stream(JdbcTemplate jdbc, String sql, int fetch, RowMapper<T> mapper) {
        Connection connection = begin(Objects.requireNonNull(jdbc.getDataSource()));
        boolean streaming = false;
        try {
            JdbcTemplate own = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            own.setFetchSize(fetch);
            Stream<T> rows = own.queryForStream(sql, mapper).onClose(() -> end(connection));
            streaming = true;
            return rows;
        } finally {
            if (!streaming) {
                end(connection);
            }
        }
    }

    private static Connection begin(DataSource database) {
        try {
            Connection connection = database.getConnection();
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("no session for a stream of rows", e);
        }
    }

    private static void end(Connection connection) {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            DataAccessException known = new SQLExceptionSubclassTranslator().translate(ENDING, null, e);
            throw known == null ? new UncategorizedSQLException(ENDING, null, e) : known;
        }
    }
}
