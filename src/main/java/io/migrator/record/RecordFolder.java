package io.migrator.record;

import io.migrator.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The folder {@code runs} of a state folder: the records of the runs of this machine. */
public final class RecordFolder {
    /** How far back is looked for the run before, the last success and the like: each look opens files. */
    private static final int LOOK_BACK = 2000;

    /** Runs that found another at its work did nothing, and may be many. */
    static final int MOST_LOCKED = 50;

    private final Path folder;

    public RecordFolder(Path stateFolder) {
        this.folder = stateFolder.resolve("runs");
    }

    Path folder() {
        return folder;
    }

    /** Names of all records, newest first. Reads none. UncheckedIOException where the folder cannot be read. */
    List<RecordName> names() {
        return namesNewestFirst().toList();
    }

    private Stream<RecordName> namesNewestFirst() {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(file -> files.add(file.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(e.getCause());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The moment stands first in them. Few of very many are looked at, so each is taken apart when it is.
        files.sort(Collections.reverseOrder());
        return files.stream().map(RecordName::of).filter(Objects::nonNull);
    }

    /** Begins and ends of the records, newest first, each read when it is asked for; those that say nothing are left out. */
    public Stream<RecordedRun> newestFirst() {
        return newestFirst(name -> true);
    }

    /** The same of one task. */
    public Stream<RecordedRun> newestFirst(String task) {
        String wanted = RecordName.task(task);
        return newestFirst(name -> name.task().equals(wanted));
    }

    private Stream<RecordedRun> newestFirst(Predicate<RecordName> wanted) {
        return namesNewestFirst()
                .filter(wanted)
                .map(name -> RecordedRun.read(folder.resolve(name.file())))
                .flatMap(Optional::stream);
    }

    /** The newest run of a task before that one which fits; empty where it is too long ago. */
    public Optional<RecordedRun> before(RunStart run, Predicate<RecordedRun> fitting) {
        return newestFirst(run.task())
                .limit(LOOK_BACK)
                .filter(other -> !other.start().runId().equals(run.runId()))
                .filter(fitting)
                .findFirst();
    }

    /** Where the process cannot be seen from here, one that was last heard of so long ago is no more. */
    private static boolean mayBeWritten(RecordedRun run, Instant oldest) {
        return switch (run.state()) {
            case RUNNING -> true;
            case UNKNOWN -> run.lastWord().isAfter(oldest);
            case ENDED, KILLED -> false;
        };
    }

    /**
     * Deletes what is older, and all but the newest. Never what may still be written, nor the newest success and the newest proof of
     * each task, which others are told of. What another process deleted meanwhile is gone as well.
     *
     * @param days how long records are kept
     */
    public void prune(int keep, int days, Instant now) throws IOException {
        Instant oldest = now.minus(Duration.ofDays(days));
        Set<String> successes = new HashSet<>();
        int seen = 0;
        int locked = 0;
        for (RecordName name : names()) {
            Path file = folder.resolve(name.file());
            RecordedRun run = RecordedRun.read(file).orElse(null);
            if (run != null && mayBeWritten(run, oldest)) {
                seen++;
                continue;
            }
            RunEnd end = run == null ? null : run.end();
            boolean met = end != null && end.failure() == Failure.LOCKED;
            boolean tooMany = met ? ++locked > MOST_LOCKED : ++seen > keep;
            boolean last = run != null
                    && (run.succeeded() || Proofs.proves(run))
                    && successes.add(run.start().task()
                            + '\n'
                            + run.succeeded()
                            + '\n'
                            + (run.start().kind().equals("verify") ? run.start().vault() + '\n' + run.name() : ""));
            if (!last && (tooMany || name.startedAt().isBefore(oldest))) {
                Files.deleteIfExists(file);
            }
        }
    }
}
