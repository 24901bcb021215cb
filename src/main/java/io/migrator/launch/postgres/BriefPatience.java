package io.migrator.launch.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A pool that waits for a database that is away once, and not again for each of the statements by which a run comes to its end:
 * Batch asks for some, and the lease of the backup has to be given back in time.
 */
final class BriefPatience extends DelegatingDataSource {
    private static final long BRIEF_MILLIS = 500;

    private final HikariDataSource pool;
    private final long patience;

    BriefPatience(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
        this.patience = pool.getConnectionTimeout();
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            Connection connection = pool.getConnection();
            if (pool.getConnectionTimeout() != patience) {
                pool.getHikariConfigMXBean().setConnectionTimeout(patience);
            }
            return connection;
        } catch (SQLTransientConnectionException e) {
            pool.getHikariConfigMXBean().setConnectionTimeout(BRIEF_MILLIS);
            throw e;
        }
    }
}
