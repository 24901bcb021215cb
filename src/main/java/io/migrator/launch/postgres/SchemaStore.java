package io.migrator.launch.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.migrator.batch.Transactions;
import io.migrator.launch.state.JobStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** One piece of work in a schema of its own, while a run has its lock. */
final class SchemaStore implements JobStore {
    private final RunLock lock;
    private final LockWatch watch;
    private final HikariDataSource pool;
    private final DataSource seen;
    private final SharedPlace place;
    private final Preparation preparation;

    /** Makes the tables where there are none of a run. */
    interface Preparation {
        void run(Connection connection) throws SQLException;
    }

    /**
     * @param seen what all who use the database are given of it
     * @param place where others find it
     */
    SchemaStore(
            SharedPlace place,
            RunLock lock,
            LockWatch watch,
            HikariDataSource pool,
            UnaryOperator<DataSource> seen,
            Preparation preparation) {
        this.place = place;
        this.lock = lock;
        this.watch = watch;
        this.pool = pool;
        this.seen = seen.apply(new BriefPatience(pool));
        this.preparation = preparation;
    }

    @Override
    public DataSource dataSource() {
        return seen;
    }

    @Override
    public Transactions transactions() {
        return new Transactions(jdbc(), new SchemaEngine(lock::requireHeld));
    }

    @Override
    public Optional<SharedPlace> shared() {
        return Optional.of(place);
    }

    @Override
    public void reset() {
        try (Connection connection = seen.getConnection()) {
            preparation.run(connection);
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("no session to forget the work", e);
        }
    }

    @Override
    public void requireHeld() {
        lock.requireHeld();
    }

    @Override
    public void close() {
        watch.close();
        // While the lock is still held: afterwards the schema may be the next owner's.
        pool.close();
        lock.close();
    }
}
