package io.migrator.launch.state;

import io.migrator.failure.MigratorException;
import io.migrator.launch.request.JobKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
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
    /** A copy is what is looked into, in the folder of temporary files. */
    private static final long LARGEST = 256L << 20;

    private static final int PIECE = 1 << 20;

    private final Path folder;
    private final BooleanSupplier enough;
    private int removed;

    /** @param enough asked between and within the files whether to end */
    StatePruning(Path folder, BooleanSupplier enough) {
        this.folder = folder;
        this.enough = enough;
    }

    /** Those that nobody has changed since. Faults are no fault of the run that looks after the folder. */
    void remove(Instant since) {
        try {
            List<Path> old = old(since);
            PruningTurn turn = new PruningTurn(folder);
            if (old.isEmpty() || !turn.taken(Clock.systemUTC().instant())) {
                return;
            }
            // Else some that stay would be in the way of all others.
            Collections.shuffle(old);
            old.forEach(this::look);
            if (enough.getAsBoolean() && removed > 0) {
                turn.giveBack();
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("old job databases stay", e);
        }
    }

    private List<Path> old(Instant since) throws IOException {
        List<Path> old = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.takeWhile(file -> !enough.getAsBoolean())
                    .filter(file -> isOurs(file) && changed(file).toInstant().isBefore(since))
                    .forEach(old::add);
        }
        return old;
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
        if (enough.getAsBoolean()) {
            return;
        }
        try {
            StateDirectory.requireOwnFile(file);
            if (file.toString().endsWith(TRACE)) {
                Files.deleteIfExists(file);
                return;
            }
            FileTime before = changed(file);
            if (isCompleted(file)) {
                remove(file, before);
            }
        } catch (IOException | UncheckedIOException | SQLException | MigratorException e) {
            LOG.debug("passing over {}", file, e);
        }
    }

    /** By a copy: whoever opens the file itself has it locked meanwhile, and a run that begins then would fail. */
    private boolean isCompleted(Path file) throws IOException, SQLException {
        if (Files.size(file) > LARGEST) {
            return false;
        }
        try (StateCopy copy = StateCopy.empty()) {
            Path copied = copy.folder().resolve("looked-at" + DATABASE);
            if (!copied(file, copied)) {
                return false;
            }
            StoredSchema.require(copied);
            return holdsCompletedRun(copied);
        }
    }

    /** False where it was to end before all was there. */
    private boolean copied(Path file, Path copy) throws IOException {
        try (InputStream from = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
                OutputStream to = Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW)) {
            byte[] piece = new byte[PIECE];
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                to.write(piece, 0, read);
                if (enough.getAsBoolean()) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean holdsCompletedRun(Path file) throws SQLException {
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

    /** With its lock in hand, so that no run begins with it, and for no longer than that takes. */
    private void remove(Path file, FileTime before) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null && changed(file).equals(before)) {
                Files.delete(file);
                removed++;
                String name = String.valueOf(file.getFileName());
                Files.deleteIfExists(
                        file.resolveSibling(name.substring(0, name.length() - DATABASE.length()) + ".holder"));
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("in use: {}", file, e);
        }
    }
}
