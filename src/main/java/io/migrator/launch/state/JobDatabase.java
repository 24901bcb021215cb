package io.migrator.launch.state;

import io.migrator.batch.ThisProcess;
import io.migrator.batch.Transactions;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.request.JobKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The database of one job instance: one H2 file, locked by the process that has it open. The lock dies with its process,
 * so a database that opens proves that no live run has it, whatever its tables say.
 */
public final class JobDatabase implements JobStore {
    private static final Logger LOG = LoggerFactory.getLogger(JobDatabase.class);
    /** What goes wrong is told by the exit code and one line; tidying the file at its end would take H2 a fifth of a second. */
    private static final String OPTIONS =
            ";IFEXISTS=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=20000;TRACE_LEVEL_FILE=0"
                    + ";TRACE_LEVEL_SYSTEM_OUT=0;MAX_COMPACT_TIME=20;QUERY_CACHE_SIZE=128";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    static {
        // For aliases, triggers and drivers that a database names: there are none of ours. H2 reads it when it is
        // loaded.
        System.setProperty("h2.allowedClasses", "");
    }

    private final Path file;
    private final JdbcConnectionPool pool;
    private final DataSource seen;
    private final StateVersion version;
    private boolean made;

    private JobDatabase(Path file, JdbcConnectionPool pool, DataSource seen) {
        this.file = file;
        this.pool = pool;
        this.seen = seen;
        this.version = new StateVersion(new FileForm(file));
    }

    static JobDatabase open(Path stateDir, String name) {
        return open(stateDir, name, UnaryOperator.identity());
    }

    /** @param seen what all who use the database are given of it */
    public static JobDatabase open(Path stateDir, String name, UnaryOperator<DataSource> seen) {
        return open(stateDir, name, seen, JobDatabase::prepare);
    }

    private static JobDatabase open(
            Path stateDir, String name, UnaryOperator<DataSource> seen, Preparation preparation) {
        Path file = stateDir.toAbsolutePath().resolve(name);
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + file + OPTIONS);
        source.setUser("migrator");
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        // Threads are few; a worker that has to wait for another's connection would fail.
        pool.setMaxConnections(Integer.MAX_VALUE);
        JobDatabase database = new JobDatabase(file, pool, seen.apply(pool));
        boolean open = false;
        try {
            StateDirectory.prepare(stateDir);
            StateFiles files = new StateFiles(database.stored());
            database.made = files.claim();
            Object key = files.key();
            try (Connection first = pool.getConnection()) {
                files.requireStill(key);
                LOG.debug("opened {} {}", file, first);
                if (first instanceof JdbcConnection h2) {
                    StoreWatch.add(file, h2);
                }
            }
            preparation.run(database);
            StateDirectory.keepPrivate(database.stored());
            open = true;
            return database;
        } catch (SQLException e) {
            throw database.refused(e);
        } catch (IOException e) {
            throw unusable(file, e);
        } finally {
            if (!open) {
                StoreWatch.remove(file);
                pool.dispose();
            }
        }
    }

    /**
     * Opens it for work to be begun anew: what it holds of a run that did not complete is written to a zip beside it first.
     *
     * @param forgettable fails where the work must not be forgotten; is given what the database holds
     */
    public static JobDatabase openAnew(
            Path stateDir, String name, UnaryOperator<DataSource> seen, Consumer<JdbcTemplate> forgettable) {
        return open(stateDir, name, seen, database -> database.putAside(forgettable));
    }

    /**
     * Opens it for work whose truth is in the vault: what another version of this program left is forgotten where nothing
     * depends on it.
     *
     * @param unfinishedToo whether that holds for a run that did not complete, as of a proof
     */
    public static JobDatabase openForVault(
            Path stateDir, String name, UnaryOperator<DataSource> seen, boolean unfinishedToo) {
        return open(stateDir, name, seen, database -> database.forgetOtherVersions(unfinishedToo));
    }

    private void forgetOtherVersions(boolean unfinishedToo) throws SQLException, IOException {
        try (Connection connection = seen.getConnection();
                Statement statement = connection.createStatement()) {
            boolean other = !version.untouched(connection) && !version.current(connection);
            if (other && (unfinishedToo || holdsCompletedRun())) {
                statement.execute("drop all objects");
            }
        }
        prepare();
    }

    private interface Preparation {
        void run(JobDatabase database) throws SQLException, IOException;
    }

    private void putAside(Consumer<JdbcTemplate> forgettable) throws SQLException, IOException {
        try (Connection connection = seen.getConnection()) {
            boolean kept = version.untouched(connection) || (version.current(connection) && holdsCompletedRun());
            if (!kept) {
                forgettable.accept(jdbc());
                Path aside = aside();
                try (PreparedStatement backup = connection.prepareStatement("backup to ?")) {
                    backup.setString(1, aside.toString());
                    backup.execute();
                }
                try (Statement statement = connection.createStatement()) {
                    statement.execute("drop all objects");
                }
            }
        }
        prepare();
    }

    /** A new file, made before H2 writes to it, which would write through a link; two may be of one second. */
    private Path aside() throws IOException {
        String name = "%s-until-%s".formatted(file.getFileName(), STAMP.format(Instant.now()));
        for (int more = 1; ; more++) {
            Path aside = file.resolveSibling(name + (more == 1 ? "" : "-" + more) + ".zip");
            if (!Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
                StateDirectory.createPrivate(aside);
                return aside;
            }
        }
    }

    private void prepare() throws SQLException, IOException {
        ThisProcess self = ThisProcess.look();
        try (Connection connection = seen.getConnection()) {
            version.prepare(connection);
        }
        StateFiles.write(holder(file), "pid %d on %s since %s".formatted(self.pid(), self.host(), Instant.now()));
    }

    private MigratorException refused(SQLException e) {
        if (e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return unusable(file, e);
        }
        return inUse(file, e);
    }

    /** LOCKED: another process works with that database. */
    static MigratorException inUse(Path stateDir, String name, @Nullable Exception cause) {
        return inUse(stateDir.toAbsolutePath().resolve(name), cause);
    }

    private static MigratorException inUse(Path file, @Nullable Exception cause) {
        String who;
        try {
            who = StateFiles.read(holder(file));
        } catch (IOException | MigratorException unknown) {
            who = "another process";
        }
        return MigratorException.sameWork(
                "start",
                String.valueOf(file.getFileName()),
                "the same work is being done by " + who,
                "Wait for it to end, or stop it; then run this command again.",
                cause);
    }

    private static MigratorException unusable(Path file, Exception e) {
        return MigratorException.unable(
                Failure.REPOSITORY,
                "open",
                file + ".mv.db",
                String.valueOf(e.getMessage()),
                "Check the state folder (--state-dir). " + movedAway(file, "A damaged file can be moved away"),
                e);
    }

    /** What comes of moving a file away: a backup finds all in the vault, a restore nowhere what it has made. */
    static String movedAway(Path file, String advice) {
        return file.getFileName().toString().startsWith(JobKind.RESTORE.jobName() + "-")
                ? advice
                        + ", but only this file tells which collections that restore made or filled: drop these, or remove"
                        + " what came into them, before the command runs again."
                : advice + "; the next run resumes from what lies in the vault.";
    }

    /** The file that holds it. */
    public static Path stored(Path stateDir, String name) {
        return stateDir.toAbsolutePath().resolve(name + ".mv.db");
    }

    private Path stored() {
        return file.resolveSibling(file.getFileName() + ".mv.db");
    }

    private static Path holder(Path file) {
        return file.resolveSibling(file.getFileName() + ".holder");
    }

    @Override
    public DataSource dataSource() {
        return seen;
    }

    @Override
    public Transactions transactions() {
        return new Transactions(jdbc());
    }

    /** The file's lock is held until it is closed. */
    @Override
    public void requireHeld() {}

    @Override
    public void leaveNothing() {
        if (made && holdsNothing()) {
            // While it is locked: whoever comes now finds none, and makes one.
            try {
                Files.deleteIfExists(stored());
            } catch (IOException e) {
                LOG.debug("deleting {}", stored(), e);
            }
        }
    }

    @Override
    public void reset() {
        JdbcTemplate jdbc = jdbc();
        jdbc.execute("drop all objects");
        try {
            prepare();
        } catch (SQLException | IOException e) {
            throw unusable(file, e);
        }
    }

    @Override
    public void close() {
        // While the lock is still held: afterwards the file may be the next owner's.
        try {
            Files.deleteIfExists(holder(file));
        } catch (IOException e) {
            LOG.debug("deleting {}", holder(file), e);
        }
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        } catch (SQLException e) {
            LOG.debug("closing {}", file, e);
        }
        StoreWatch.remove(file);
        pool.dispose();
    }
}
