package io.migrator.verify;

import io.migrator.batch.WorkerPool;
import io.migrator.catalog.Finding;
import io.migrator.catalog.Finding.Kind;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.report.Progress;
import io.migrator.verify.log.LogFile;
import io.migrator.verify.log.LogReader;
import io.migrator.verify.log.PlannedReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads what the plan says, many logs at once, and holds the rows of a segment against each other and its meta. */
final class DeepProof {
    private final VerifyTables tables;
    private final LogReader reader;
    private final VaultLayout layout;
    private final Progress progress;
    private final WorkerPool pool;
    private final Runnable requireThere;

    /**
     * @param pool as many threads as logs are read at once; stays open
     * @param requireThere fails where the vault is gone, which looks like logs that are missing
     */
    DeepProof(
            VerifyTables tables,
            LogReader reader,
            VaultLayout layout,
            Progress progress,
            WorkerPool pool,
            Runnable requireThere) {
        this.requireThere = requireThere;
        this.tables = tables;
        this.reader = reader;
        this.layout = layout;
        this.progress = progress;
        this.pool = pool;
    }

    private record Task(PlannedReading reading, LogFile file) {}

    /** Reads the logs and takes down what was found. After a stop, what was read whole is taken down. */
    void read(List<PlannedReading> readings) {
        List<Task> tasks = readings.stream()
                .flatMap(reading -> reading.files().stream().map(file -> new Task(reading, file)))
                .toList();
        List<Optional<LogReader.Read>> reads = pool.map(tasks, this::read);
        if (reads.stream().flatMap(Optional::stream).anyMatch(DeepProof::isMissing)) {
            requireThere.run();
        }
        List<ReadingResult> results = new ArrayList<>();
        int next = 0;
        for (PlannedReading reading : readings) {
            List<Optional<LogReader.Read>> own =
                    reads.subList(next, next + reading.files().size());
            next += own.size();
            if (own.stream().allMatch(Optional::isPresent)) {
                results.add(
                        result(reading, own.stream().flatMap(Optional::stream).toList()));
            } else {
                takeBack(reading, own);
            }
        }
        tables.done(results);
    }

    private static boolean isMissing(LogReader.Read read) {
        return read.finding() != null && read.finding().kind() == Kind.MISSING;
    }

    /** What was counted of a row that is read again. */
    private void takeBack(PlannedReading reading, List<Optional<LogReader.Read>> reads) {
        for (int i = 0; i < reads.size(); i++) {
            if (reads.get(i).isPresent()) {
                progress.advance(-1, -reading.files().get(i).size());
            }
        }
    }

    private Optional<LogReader.Read> read(Task task) {
        try {
            LogReader.Read read = reader.read(task.reading(), task.file());
            progress.advance(1, task.file().size());
            return Optional.of(read);
        } catch (MigratorException e) {
            if (e.failure() == Failure.STOPPED && !Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private ReadingResult result(PlannedReading reading, List<LogReader.Read> reads) {
        List<Finding> findings = new ArrayList<>();
        Map<Long, OptionalLong> rows = new TreeMap<>();
        long recorded = 0;
        long byTag = 0;
        for (int i = 0; i < reads.size(); i++) {
            LogReader.Read read = reads.get(i);
            LogFile file = reading.files().get(i);
            if (read.finding() != null) {
                findings.add(read.finding());
            } else if (file.reference() != null) {
                recorded += file.recorded() ? 1 : 0;
                byTag += file.recorded() ? 0 : 1;
            }
            if (!reading.deltas()) {
                rows.merge(LogReader.field(file), read.rows(), DeepProof::sum);
            }
        }
        requireRows(reading, rows, findings);
        return new ReadingResult(reading, findings, recorded, byTag);
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isEmpty() || other.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(one.getAsLong() + other.getAsLong());
    }

    private void requireRows(PlannedReading reading, Map<Long, OptionalLong> rows, List<Finding> findings) {
        if (reading.rows() < 0) {
            return;
        }
        rows.forEach((field, found) -> {
            if (found.isPresent() && found.getAsLong() != reading.rows()) {
                String key = reading.files().stream()
                        .filter(file -> LogReader.field(file) == field)
                        .map(LogFile::key)
                        .findFirst()
                        .orElseThrow();
                String detail = "the logs of its field have %s, and its segment must have %d"
                        .formatted(Counted.of(found.getAsLong(), "row"), reading.rows());
                findings.add(new Finding(Kind.ROWS, reading.collection(), layout.ofManifest(key), detail));
            }
        });
    }
}
