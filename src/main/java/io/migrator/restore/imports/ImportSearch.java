package io.migrator.restore.imports;

import io.migrator.batch.Resume;
import io.migrator.batch.StopSignal;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.ImportState.Phase;
import io.migrator.milvus.MilvusTarget;
import io.migrator.report.Progress;
import io.migrator.restore.state.RestoreTables;
import io.migrator.selection.CollectionName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.springframework.batch.core.job.JobInterruptedException;

/** Looks for jobs whose call was cut off among the server's own: what is not there was never begun. */
public final class ImportSearch {
    private static final long LOOK_AGAIN_MILLIS = 200;
    /** How long a job may wait for its turn at the server, which tells its files only then. */
    private static final Duration LATE_FILES = Duration.ofMinutes(10);

    private final MilvusTarget target;
    private final ImportLedger ledger;
    private final RestoreTables tables;
    private final Orders orders;
    private final Progress progress;
    private final StopSignal stop;
    private final Duration lateCall;
    private final LongSupplier nanos;
    /** When this run first looked for a unit's job; its call was cut off before that, whatever any clock said then. */
    private final Map<Long, Long> firstLooks = new HashMap<>();

    /**
     * @param lateCall how long a call that was cut off may take to show in the server's list
     * @param nanos a clock of this process alone, such as {@link System#nanoTime}
     */
    public ImportSearch(
            MilvusTarget target,
            ImportLedger ledger,
            RestoreTables tables,
            Orders orders,
            Progress progress,
            StopSignal stop,
            Duration lateCall,
            LongSupplier nanos) {
        this.target = target;
        this.ledger = ledger;
        this.tables = tables;
        this.orders = orders;
        this.progress = progress;
        this.stop = stop;
        this.lateCall = lateCall;
        this.nanos = nanos;
    }

    /** What one look at the server's list tells: the unit as it is then, and a job that may yet prove to be its. */
    private record Look(ImportUnit unit, OptionalLong untold) {
        boolean found() {
            return unit.state() == ImportUnit.State.SUBMITTED;
        }
    }

    /** The unit as SUBMITTED where its job shows at once, else as it is. */
    ImportUnit glance(ImportUnit unit) {
        firstLooks.putIfAbsent(unit.unit(), nanos.getAsLong());
        return look(unit).unit();
    }

    /**
     * The unit as SUBMITTED with the job that was found, or as it is where none can show any more: {@link #absent} then
     * says what becomes of it. RESUME_REFUSED where a job stays that may be its: sent again, its rows might come in
     * twice.
     */
    ImportUnit await(ImportUnit unit) throws InterruptedException, JobInterruptedException {
        CollectionName name = orders.item(unit).target();
        long began = nanos.getAsLong();
        firstLooks.putIfAbsent(unit.unit(), began);
        while (true) {
            stop.check();
            // Before the look: a job that came since is for one more look.
            long now = nanos.getAsLong();
            Look look = look(unit);
            if (look.found()) {
                return look.unit();
            }
            boolean late = now - firstLooks.get(unit.unit()) >= lateCall.toNanos();
            if (late && look.untold().isEmpty()) {
                return look.unit();
            }
            if (look.untold().isPresent() && now - began > LATE_FILES.toNanos()) {
                throw untold(name, look.untold().getAsLong());
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    /**
     * The unit as PLANNED, to be sent again: no job of it is at the server. RESUME_REFUSED where its rows are there all
     * the same; so no job may be at work for its partition, whichever unit's.
     */
    ImportUnit absent(ImportUnit unit) {
        requireNoStrayRows(unit, orders.item(unit).target());
        ImportUnit planned = unit.planned(unit.attempts());
        ledger.update(planned);
        return planned;
    }

    private Look look(ImportUnit unit) {
        CollectionName name = orders.item(unit).target();
        List<Dirs> dirs = orders.order(unit).dirs();
        long newestForeign = tables.newestForeignJob(unit.sourceId());
        OptionalLong untold = OptionalLong.empty();
        Optional<ImportState> newest = Optional.empty();
        for (ImportState job :
                target.imports(name.database(), name.collection(), id -> id > newestForeign && !ledger.knowsJob(id))) {
            boolean alive = job.phase() == Phase.RUNNING || job.phase() == Phase.COMPLETED;
            // An earlier job of the same files was given up, though its server may still call it running.
            boolean later = newest.map(ImportState::jobId).orElse(0L) < job.jobId();
            if (alive && later && job.reads(dirs)) {
                newest = Optional.of(job);
            }
            if (job.phase() == Phase.RUNNING && job.files().isEmpty()) {
                untold = OptionalLong.of(job.jobId());
            }
        }
        if (newest.isEmpty()) {
            return new Look(unit, untold);
        }
        ImportUnit found = unit.submitted(newest.get().jobId());
        ledger.update(found);
        progress.note("import job %d of %s was begun by the run before".formatted(found.jobId(), name));
        return new Look(found, OptionalLong.empty());
    }

    private static MigratorException untold(CollectionName name, long jobId) {
        return MigratorException.unable(
                Failure.RESUME_REFUSED,
                "go on with restoring",
                name.toString(),
                "Milvus still holds import job %d back and does not tell its files: it may be one of this restore"
                        .formatted(jobId),
                Resume.adviceForRestore("Wait until that job ends, then run the same command again."));
    }

    /** Before a call is sent again: the partition may hold no rows but those of imports that the ledger knows. */
    private void requireNoStrayRows(ImportUnit unit, CollectionName name) {
        if (unit.deletesOnly()) {
            // The same deletes a second time change nothing.
            return;
        }
        long known = tables.rowsBefore(unit.sourceId(), unit.partition());
        for (ImportUnit other : ledger.of(unit.sourceId())) {
            if (other.partition().equals(unit.partition())) {
                known += other.importedRows();
            }
        }
        long rows = target.rows(name.database(), name.collection(), unit.partition());
        if (rows != known) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "go on with restoring",
                    name.toString(),
                    "partition %s has %s, and the imports that are known brought %d"
                            .formatted(unit.partition(), Counted.of(rows, "row"), known),
                    tables.startOverOrAnew(unit.sourceId(), name));
        }
    }
}
