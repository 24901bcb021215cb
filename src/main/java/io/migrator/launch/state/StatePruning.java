package io.migrator.launch.state;

import io.migrator.failure.MigratorException;
import io.migrator.launch.request.JobKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes job databases of work that was completed long ago. One that a run has, or could go on with, stays; and each of a
 * restore: nothing else tells its collections from those of others.
 */
final class StatePruning {
    private static final Logger LOG = LoggerFactory.getLogger(StatePruning.class);
    private static final String DATABASE = ".mv.db";
    /** Of H2, which earlier versions of this program let write them. */
    private static final String TRACE = ".trace.db";
    /** Each costs some hundredths of a second, and those that stay are looked at again by the next run. */
    private static final int LOOKS = 20;

    private final Path folder;

    StatePruning(Path folder) {
        this.folder = folder;
    }

    /** Those that nobody has changed since. Faults are no fault of the run that looks after the folder. */
    void remove(Instant since) {
        List<Path> old = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> isOurs(file) && changed(file).toInstant().isBefore(since))
                    .forEach(old::add);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("old job databases stay", e);
        }
        // Else some that stay would be in the way of all others.
        Collections.shuffle(old);
        old.stream().limit(LOOKS).forEach(this::look);
    }

    private static boolean isOurs(Path file) {
        String name = String.valueOf(file.getFileName());
        return (name.endsWith(DATABASE) || name.endsWith(TRACE))
                && Arrays.stream(JobKind.values())
                        .filter(job -> job != JobKind.RESTORE)
                        .anyMatch(job -> name.startsWith(job.jobName() + "-"));
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void look(Path file) {
        try {
            if (file.toString().endsWith(TRACE)) {
                Files.deleteIfExists(file);
                return;
            }
            FileTime before = changed(file);
            StateDirectory.requireOwnFile(file);
            StoredSchema.require(file);
            if (isCompleted(file)) {
                remove(file, before);
            }
        } catch (IOException | UncheckedIOException | SQLException | MigratorException e) {
            LOG.debug("passing over {}", file, e);
        }
    }

    /** Opened to be read alone, so that it stays as it is. */
    private static boolean isCompleted(Path file) throws SQLException {
        String path = file.toAbsolutePath().toString();
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + path.substring(0, path.length() - DATABASE.length())
                + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
        source.setUser("migrator");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet last = statement.executeQuery(
                        "select STATUS from BATCH_JOB_EXECUTION order by JOB_EXECUTION_ID desc limit 1")) {
            return last.next() && last.getString(1).equals("COMPLETED");
        }
    }

    /** With its lock in hand, so that no run begins with it. */
    private static void remove(Path file, FileTime before) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null && changed(file).equals(before)) {
                Files.delete(file);
                String name = String.valueOf(file.getFileName());
                Files.deleteIfExists(
                        file.resolveSibling(name.substring(0, name.length() - DATABASE.length()) + ".holder"));
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("in use: {}", file, e);
        }
    }
}
