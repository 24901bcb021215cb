package io.migrator.restore;

import io.migrator.batch.StopSignal;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionName;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.MilvusTarget;
import io.migrator.report.Progress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Imports the units of a chunk, several jobs in flight, each exactly once: importing twice doubles rows. The ledger says
 * SUBMITTING before the call and holds the job id after it, so after a death the server's own task list decides.
 */
final class ImportSegments implements ItemWriter<ImportUnit> {
    private static final int ATTEMPTS = 3;
    private static final long FIRST_POLL_MILLIS = 50;
    private static final long LAST_POLL_MILLIS = 2000;
    /** How long a call that was cut off may take to show in the server's list. 2.3 lists a job before it answers. */
    private static final long LATE_CALL_MILLIS_2_3 = 10_000;
    /** Later servers list the files first. */
    private static final long LATE_CALL_MILLIS = 60_000;

    private final MilvusTarget target;
    private final ImportLedger ledger;
    private final Map<Long, CollectionName> names;
    private final int inFlight;
    private final StopSignal stop;
    private final Progress progress;

    ImportSegments(
            MilvusTarget target,
            ImportLedger ledger,
            Map<Long, CollectionName> names,
            int inFlight,
            StopSignal stop,
            Progress progress) {
        this.target = target;
        this.ledger = ledger;
        this.names = names;
        this.inFlight = inFlight;
        this.stop = stop;
        this.progress = progress;
    }

    @Override
    public void write(Chunk<? extends ImportUnit> chunk) throws JobInterruptedException, InterruptedException {
        Deque<ImportUnit> waiting = new ArrayDeque<>();
        List<ImportUnit> running = new ArrayList<>();
        for (ImportUnit unit : chunk) {
            ImportUnit known = unit.state() == ImportUnit.State.SUBMITTING ? reconcile(unit) : unit;
            (known.state() == ImportUnit.State.SUBMITTED ? running : waiting).add(known);
        }
        long pause = FIRST_POLL_MILLIS;
        while (!waiting.isEmpty() || !running.isEmpty()) {
            stop.check();
            while (!waiting.isEmpty() && running.size() < inFlight) {
                running.add(submit(waiting.remove()));
                pause = FIRST_POLL_MILLIS;
            }
            if (poll(running, waiting)) {
                pause = FIRST_POLL_MILLIS;
            } else {
                Thread.sleep(pause);
                pause = Math.min(LAST_POLL_MILLIS, pause * 3 / 2);
            }
        }
    }

    private CollectionName name(ImportUnit unit) {
        return Objects.requireNonNull(names.get(unit.sourceId()), "collection of a ledger row");
    }

    private ImportUnit submit(ImportUnit unit) {
        CollectionName name = name(unit);
        ledger.update(unit.with(ImportUnit.State.SUBMITTING, 0, 0, unit.attempts()));
        long job = target.submitImport(
                name.database(), name.collection(), unit.partition(), unit.insertDir(), unit.deltaDir());
        ImportUnit submitted = unit.with(ImportUnit.State.SUBMITTED, job, 0, unit.attempts());
        ledger.update(submitted);
        return submitted;
    }

    /** Finds the job of a unit whose call was cut off among the server's own; one that is not there was never begun. */
    private ImportUnit reconcile(ImportUnit unit) throws InterruptedException {
        CollectionName name = name(unit);
        // The server's list leaves an empty path out.
        List<String> files = unit.hasDeletes() ? List.of(unit.insertDir(), unit.deltaDir()) : List.of(unit.insertDir());
        long deadline = System.nanoTime() + lateCallMillis() * 1_000_000;
        while (true) {
            for (ImportState job : target.imports(name.database(), name.collection())) {
                boolean alive = job.phase() == ImportState.Phase.RUNNING || job.phase() == ImportState.Phase.COMPLETED;
                if (alive && job.files().equals(files) && !ledger.knowsJob(job.jobId())) {
                    ImportUnit found = unit.with(ImportUnit.State.SUBMITTED, job.jobId(), 0, unit.attempts());
                    ledger.update(found);
                    progress.note("import job %d of %s was begun by the run before".formatted(job.jobId(), name));
                    return found;
                }
            }
            if (System.nanoTime() > deadline) {
                requireNoStrayRows(unit, name);
                return unit.with(ImportUnit.State.PLANNED, 0, 0, unit.attempts());
            }
            Thread.sleep(FIRST_POLL_MILLIS * 4);
        }
    }

    private long lateCallMillis() {
        return target.version().atLeast(2, 4, 0) ? LATE_CALL_MILLIS : LATE_CALL_MILLIS_2_3;
    }

    /** Before a call is sent again: the partition may hold no rows but those of imports that the ledger knows. */
    private void requireNoStrayRows(ImportUnit unit, CollectionName name) {
        long known = 0;
        for (ImportUnit other : ledger.of(unit.sourceId())) {
            if (other.partition().equals(unit.partition())) {
                if (other.state() == ImportUnit.State.SUBMITTED) {
                    return;
                }
                known += other.importedRows();
            }
        }
        long rows = target.rows(name.database(), name.collection(), unit.partition());
        if (rows != known) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "go on with restoring",
                    name.toString(),
                    "partition %s has %d rows, the imports that are known brought %d"
                            .formatted(unit.partition(), rows, known),
                    "Drop " + name + " and run the same command again.");
        }
    }

    /** Looks at every running job once; true where one ended. */
    private boolean poll(List<ImportUnit> running, Deque<ImportUnit> waiting) {
        boolean ended = false;
        for (Iterator<ImportUnit> units = running.iterator(); units.hasNext(); ) {
            ImportUnit unit = units.next();
            CollectionName name = name(unit);
            ImportState state = target.importState(name.database(), unit.jobId());
            switch (state.phase()) {
                case RUNNING -> {}
                case COMPLETED -> {
                    imported(unit, state, name);
                    units.remove();
                    ended = true;
                }
                case FAILED -> {
                    waiting.add(failed(unit, state.reason(), name));
                    units.remove();
                    ended = true;
                }
                case UNKNOWN ->
                    throw MigratorException.unable(
                            Failure.SERVER_FAILED,
                            "restore",
                            name.toString(),
                            "Milvus has forgotten import job " + unit.jobId(),
                            "Whether its rows came in cannot be told. Drop " + name
                                    + " and run the same command again.");
            }
        }
        return ended;
    }

    private void imported(ImportUnit unit, ImportState state, CollectionName name) {
        boolean tooMany = state.rows() > unit.expectedRows();
        boolean tooFew = state.rows() < unit.expectedRows() && !unit.hasDeletes();
        boolean none = state.rows() == 0 && unit.expectedRows() > 0 && !unit.hasDeletes();
        if (tooMany || tooFew) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "restore",
                    name.toString(),
                    none
                            ? "import job %d completed with 0 rows of %d: Milvus found no binlogs under %s in its own bucket"
                                    .formatted(unit.jobId(), unit.expectedRows(), unit.insertDir())
                            : "import job %d brought %d rows of partition %s, the backup has %d"
                                    .formatted(unit.jobId(), state.rows(), unit.partition(), unit.expectedRows()),
                    none
                            ? "Set minio.bucketName to the bucket that this Milvus reads, drop " + name
                                    + " and run the same command again."
                            : "Drop " + name + " and run the same command again.");
        }
        ledger.update(unit.with(ImportUnit.State.IMPORTED, unit.jobId(), state.rows(), unit.attempts()));
        progress.advance(1, unit.bytes());
    }

    private ImportUnit failed(ImportUnit unit, String reason, CollectionName name) {
        ImportUnit again = unit.with(ImportUnit.State.PLANNED, 0, 0, unit.attempts() + 1);
        ledger.update(again);
        if (again.attempts() % ATTEMPTS == 0) {
            throw MigratorException.unable(
                    Failure.SERVER_FAILED,
                    "restore",
                    name.toString(),
                    "Milvus failed import job %d for %s: %s".formatted(unit.jobId(), unit.insertDir(), reason),
                    "Mend what it names, then run the same command again; what is imported stays.");
        }
        progress.note("import job %d failed (%s), trying again".formatted(unit.jobId(), reason));
        return again;
    }
}
