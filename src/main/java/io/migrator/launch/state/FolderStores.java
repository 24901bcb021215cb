package io.migrator.launch.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.request.JobIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** The state folder: a file of H2 for each piece of work, for the runs of this machine. */
public final class FolderStores implements JobStores {
    private static final Logger LOG = LoggerFactory.getLogger(FolderStores.class);
    private static final String ENDING = ".mv.db";
    /** Longer for tests on a busy machine. */
    private static final String MOST_PRUNING = "migrator.state.pruningSeconds";

    private static final int USUAL_PRUNING = 5;

    private final Path folder;
    private final UnaryOperator<DataSource> seen;
    private final Runnable gone;
    private final Deque<Path> made = new ArrayDeque<>();

    /** @param seen what all who use a database are given of it */
    public FolderStores(Path folder, UnaryOperator<DataSource> seen) {
        this(folder, seen, () -> {});
    }

    private FolderStores(Path folder, UnaryOperator<DataSource> seen, Runnable gone) {
        this.folder = folder;
        this.seen = seen;
        this.gone = gone;
    }

    /** A folder that goes when it is closed. */
    public static JobStores of(StateCopy copy, UnaryOperator<DataSource> seen) {
        return new FolderStores(copy.folder(), seen, copy::close);
    }

    @Override
    public void prepare() {
        for (Path missing = folder; missing != null && !Files.exists(missing); missing = missing.getParent()) {
            made.addLast(missing);
        }
        StateDirectory.prepare(folder);
    }

    @Override
    public void tidy(@Nullable Failure failure, int keepDays, BooleanSupplier stop) {
        // Where another run is at work this one may try again soon.
        boolean due = keepDays > 0 && failure != Failure.LOCKED;
        if (failure == Failure.NOT_FOUND) {
            removeMade();
        } else if (due) {
            Instant since = Clock.systemUTC().instant().minus(Duration.ofDays(keepDays));
            new BriefWork(Duration.ofSeconds(Integer.getInteger(MOST_PRUNING, USUAL_PRUNING)), stop)
                    .run(enough -> new StatePruning(folder, enough).remove(since));
        }
    }

    private void removeMade() {
        try {
            for (Path empty : made) {
                Files.deleteIfExists(empty);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("leaving {}: it holds something by now", folder, e);
        }
    }

    @Override
    public JobStore open(StateFile state) {
        return opened(state, () -> JobDatabase.open(folder, state.name(), seen));
    }

    @Override
    public JobStore openForVault(StateFile state, boolean unfinishedToo) {
        return opened(state, () -> JobDatabase.openForVault(folder, state.name(), seen, unfinishedToo));
    }

    @Override
    public JobStore openAnew(StateFile state, Consumer<JdbcTemplate> forgettable) {
        return opened(state, () -> JobDatabase.openAnew(folder, state.name(), seen, forgettable));
    }

    /** @param open tried again where another run that looked after the folder removed the file meanwhile */
    JobStore opened(StateFile state, Supplier<JobStore> open) {
        try {
            return open.get();
        } catch (MigratorException e) {
            if (exists(state)) {
                throw e;
            }
            LOG.debug("{} was removed while it was opened", state.name(), e);
            return open.get();
        }
    }

    @Override
    public boolean exists(StateFile state) {
        return Files.exists(JobDatabase.stored(folder, state.name()));
    }

    @Override
    public <T> Optional<T> look(StateFile state, Function<JdbcTemplate, T> question) {
        return StateLook.at(folder, state.name(), question);
    }

    @Override
    public List<StateFile> all(String prefix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.startsWith(prefix) && name.endsWith(ENDING);
                    })
                    .sorted(Comparator.comparing(FolderStores::changed).reversed())
                    .map(file -> String.valueOf(file.getFileName()))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .map(name -> new StateFile(name, name.substring(prefix.length())))
                    .toList();
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.REPOSITORY,
                    "list",
                    folder.toString(),
                    String.valueOf(e.getMessage()),
                    "Give --state-dir a folder that can be read.",
                    e);
        }
    }

    private static long changed(Path file) {
        return file.toFile().lastModified();
    }

    @Override
    public JobStores copy(StateFile state) {
        return of(StateCopy.of(folder, state.name()), seen);
    }

    @Override
    public String takeOrCreateName(JobIdentity unnamed, String selection) {
        return pending(unnamed).takeOrCreate(selection);
    }

    @Override
    public void forgetName(JobIdentity unnamed, String name) {
        pending(unnamed).forget();
    }

    private PendingName pending(JobIdentity unnamed) {
        return new PendingName(folder, unnamed, Clock.systemUTC());
    }

    @Override
    public String display() {
        return folder.toString();
    }

    @Override
    public String advice() {
        return "Check the disk, then run the same command again.";
    }

    @Override
    public void close() {
        gone.run();
    }
}
