package io.migrator.launch.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.migrator.config.RepositoryConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/** Makes sessions with the PostgreSQL of the configuration; all of them end with this process, and soon after its host. */
final class Sessions {
    /** For messages of the server and for people: sessions that belong to no run. */
    static final String NO_RUN = "migrator";

    /** Of a run; threads wait for one another's, for each has one for a statement or a chunk's commit alone. */
    private static final int MOST = 16;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** A statement that says nothing for so long is lost with its network: the longest is an order of a million rows. */
    private static final Duration ANSWER = Duration.ofMinutes(5);
    /** A dead host is noticed by the server within 25 s; nobody's settings may end a session that waits. */
    private static final String SETTINGS = "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5;"
            + " set tcp_keepalives_count = 3; set idle_in_transaction_session_timeout = 0; set lock_timeout = 0;"
            + " set statement_timeout = 0;"
            + unlimited("transaction_timeout")
            // Each statement sees what others have committed before it, whatever the role's settings say.
            + " set default_transaction_isolation = 'read committed';"
            + unlimited("idle_session_timeout")
            // What a promise rests on is on the server's disk when a commit returns; stricter settings stay.
            + " select set_config('synchronous_commit', 'on', false)"
            + " where current_setting('synchronous_commit') in ('off', 'local')";

    private final RepositoryConfig config;

    /** A time that older servers do not know. */
    private static String unlimited(String timeout) {
        return " select set_config('%1$s', '0', false) where current_setting('%1$s', true) is not null;"
                .formatted(timeout);
    }

    Sessions(RepositoryConfig config) {
        this.config = config;
    }

    /** A session of its own, outside of any pool. */
    Connection open(String application, Duration answer) throws SQLException {
        Connection connection = DriverManager.getConnection(config.url(), properties(application, answer));
        boolean ready = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute(named(application) + "; " + SETTINGS);
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    /** The same with a schema in front. */
    Connection open(String application, String schema) throws SQLException {
        Connection connection = open(application, ANSWER);
        boolean ready = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute(path(schema));
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    /**
     * One of a run, outside of its pool.
     *
     * @param first what it begins with; where that fails there is none
     */
    Connection open(String application, String schema, String first) throws SQLException {
        Connection connection = open(application, schema);
        boolean ready = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute(first);
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    /** @param first what each session begins with, beyond the schema; where it fails there is none */
    HikariDataSource pool(String application, String schema, String first, Duration patience) {
        return pool(application, schema, first, patience, MOST);
    }

    /** @param most sessions at once */
    HikariDataSource pool(String application, String schema, String first, Duration patience, int most) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(config.url());
        pool.setDataSourceProperties(properties(application, ANSWER));
        pool.setPoolName(schema);
        pool.setMinimumIdle(1);
        pool.setMaximumPoolSize(most);
        pool.setConnectionTimeout(patience.toMillis());
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionInitSql(named(application) + "; " + SETTINGS + "; " + path(schema) + "; " + first);
        return new HikariDataSource(pool);
    }

    /**
     * Gives a session the name by which it is found: a pooler may keep the one that the driver sends to itself. First of all,
     * so that a session that passes its fence can be seen by the run that takes the work next.
     */
    static String named(String application) {
        return "set application_name = '" + application + "'";
    }

    private static String path(String schema) {
        return "set search_path = " + schema;
    }

    /** What the address says of these wins. */
    private Properties properties(String application, Duration answer) {
        Properties properties = new Properties();
        if (!config.user().isEmpty()) {
            properties.setProperty("user", config.user());
        }
        properties.setProperty("password", config.password().reveal());
        properties.setProperty("ApplicationName", application);
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("targetServerType", "primary");
        properties.setProperty("connectTimeout", String.valueOf(CONNECT.toSeconds()));
        properties.setProperty("loginTimeout", String.valueOf(CONNECT.toSeconds()));
        properties.setProperty("socketTimeout", String.valueOf(answer.toSeconds()));
        return properties;
    }
}
