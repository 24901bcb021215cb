package io.migrator.launch.postgres;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.state.StateFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The proof of life of a run: an advisory lock of a session of its own. It goes with the session, so with the process, whatever
 * the tables say. Where the session is lost and the process lives, the lock is taken again, and the work is still this run's
 * if nobody took it meanwhile: each taking has a number.
 */
final class RunLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String DONE_BY = "the same work is being done by ";
    private static final String ADVICE = "Wait for it to end, or stop it; then run this command again.";
    private static final long PAUSE_MILLIS = 50;

    private final Sessions sessions;
    private final SharedTables shared;
    private final PostgresFaults faults;
    private final String schema;
    private final StateFile state;
    private final Duration patience;
    private final long epoch;
    private Connection session;
    private @Nullable MigratorException lost;
    private boolean closed;

    private RunLock(
            Sessions sessions,
            SharedTables shared,
            PostgresFaults faults,
            String schema,
            StateFile state,
            Duration patience,
            Connection session,
            long epoch) {
        this.sessions = sessions;
        this.shared = shared;
        this.faults = faults;
        this.schema = schema;
        this.state = state;
        this.patience = patience;
        this.session = session;
        this.epoch = epoch;
    }

    /**
     * LOCKED where another run has it.
     *
     * @param holder what others are told
     * @param patience how long a database may be away
     */
    static RunLock take(
            Sessions sessions,
            SharedTables shared,
            PostgresFaults faults,
            String schema,
            StateFile state,
            String holder,
            Duration patience)
            throws SQLException {
        Connection session = sessions.open(Sessions.NO_RUN, ANSWER);
        boolean taken = false;
        try {
            if (!tryLock(session, schema)) {
                throw inUse(state, shared.holder(session, schema), null);
            }
            bearName(session, schema);
            long epoch = shared.take(session, schema, state, holder);
            endSessionsBefore(session, schema);
            RunLock lock = new RunLock(sessions, shared, faults, schema, state, patience, session, epoch);
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                session.close();
            }
        }
    }

    /** Whether a run has it now; looking does not keep one from taking it. */
    static boolean held(JdbcTemplate jdbc, String schema) {
        Integer locks = jdbc.queryForObject(
                "select count(*) from pg_locks where locktype = 'advisory' and objsubid = 1 and granted"
                        + " and database = (select oid from pg_database where datname = current_database())"
                        + " and ((classid::bigint << 32) | objid::bigint) = hashtextextended(?, 0)",
                Integer.class,
                schema);
        return locks != null && locks > 0;
    }

    static MigratorException inUse(StateFile state, String holder, @Nullable Exception cause) {
        return MigratorException.sameWork("start", state.name(), DONE_BY + holder, ADVICE, cause);
    }

    /** The same of a run that had begun the work. */
    private MigratorException taken(String holder) {
        return inTheWay(state, holder);
    }

    /** Of a run at another piece of work that leaves no room for this one. */
    static MigratorException inTheWay(StateFile state, String holder) {
        return MigratorException.unable(Failure.LOCKED, "start", state.name(), DONE_BY + holder, ADVICE);
    }

    private static boolean tryLock(Connection session, String schema) throws SQLException {
        try (PreparedStatement lock = session.prepareStatement(
                // On a standby it would be one that nobody else sees.
                "select pg_try_advisory_lock(hashtextextended(?, 0)) where not pg_is_in_recovery()")) {
            lock.setString(1, schema);
            try (ResultSet result = lock.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** Not before the lock is had: by its name the session of one that asks in vain would be ended with the others. */
    private static void bearName(Connection session, String schema) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(Sessions.named(schema));
        }
    }

    /** Of a run that lost its lock and does not know yet: it makes no others, see {@link SharedTables#fence}. */
    private static void endSessionsBefore(Connection session, String schema) throws SQLException {
        JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(session, true));
        for (long until = System.nanoTime() + ANSWER.toNanos(); System.nanoTime() < until; pause()) {
            Integer left = jdbc.queryForObject(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = ?"
                            + " and usename = current_user and datname = current_database() and pid <> pg_backend_pid()",
                    Integer.class,
                    schema);
            if (left == null || left == 0) {
                return;
            }
        }
        throw new SQLException("sessions of a run before do not end");
    }

    long epoch() {
        return epoch;
    }

    /** LOCKED where another run took the work, REPOSITORY where the lock cannot be had back. Once closed it asks nothing. */
    synchronized void requireHeld() {
        if (closed) {
            return;
        }
        if (lost == null && !answers()) {
            recover();
        }
        if (lost != null) {
            throw lost;
        }
    }

    private boolean answers() {
        try {
            return session.isValid((int) ANSWER.toSeconds());
        } catch (SQLException e) {
            LOG.debug("asking the session of the lock", e);
            return false;
        }
    }

    private void recover() {
        close(session);
        SQLException last = null;
        long until = System.nanoTime() + patience.toNanos();
        for (; System.nanoTime() < until && !Thread.currentThread().isInterrupted(); pause()) {
            try {
                if (again() || lost != null) {
                    return;
                }
            } catch (SQLException e) {
                last = e;
            } catch (DataAccessException e) {
                LOG.debug("taking the lock back", e);
            }
        }
        lost = last == null ? taken("a session that does not end") : faults.of(last);
    }

    private boolean again() throws SQLException {
        Connection again = sessions.open(Sessions.NO_RUN, ANSWER);
        boolean taken = false;
        try {
            taken = takenBack(again);
            if (taken) {
                session = again;
            }
            return taken;
        } finally {
            if (!taken) {
                giveBack(again);
            }
        }
    }

    /** The lock before the number: between a number and a lock another run may come and go. */
    private boolean takenBack(Connection again) throws SQLException {
        // The server may not know yet that the session before is gone.
        boolean locked = tryLock(again, schema);
        Optional<Long> now = shared.epoch(new JdbcTemplate(new SingleConnectionDataSource(again, true)), schema);
        if (now.filter(number -> number == epoch).isEmpty()) {
            lost = taken(shared.holder(again, schema));
            return false;
        }
        if (locked) {
            bearName(again, schema);
        }
        return locked;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closing a session", e);
        }
    }

    /** Given back by a word: the server learns of the end of a session a moment later, and another run may begin before. */
    @Override
    public synchronized void close() {
        closed = true;
        giveBack(session);
    }

    private static void giveBack(Connection session) {
        try (Statement unlock = session.createStatement()) {
            unlock.execute("select pg_advisory_unlock_all()");
        } catch (SQLException e) {
            LOG.debug("giving the lock back", e);
        }
        close(session);
    }
}
