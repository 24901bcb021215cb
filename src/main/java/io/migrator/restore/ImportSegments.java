package io.migrator.restore;

import io.migrator.batch.StopSignal;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.MilvusTarget;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Imports the units of a chunk, several jobs in flight, each exactly once: importing twice doubles rows. The ledger says
 * SUBMITTING before the call and holds the job id after it, so after a death the server's own task list decides.
 */
final class ImportSegments implements ItemWriter<ImportUnit> {
    private static final long FIRST_POLL_MILLIS = 50;
    private static final long LAST_POLL_MILLIS = 2000;
    /** How long a server may refuse to take any job before the run gives up. */
    private static final long LONGEST_REFUSAL_MILLIS = 600_000;
    /** Of these it is sure that the server began nothing: the next run need not look for a job. */
    private static final Set<Failure> NOTHING_BEGUN =
            EnumSet.of(Failure.THROTTLED, Failure.NOT_FOUND, Failure.CORRUPT, Failure.DENIED, Failure.UNSUPPORTED);

    private final MilvusTarget target;
    private final ImportLedger ledger;
    private final ImportSearch search;
    private final ImportOutcome outcome;
    private final Orders orders;
    private final Failures failures;
    private final int inFlight;
    private final StopSignal stop;

    ImportSegments(
            MilvusTarget target,
            ImportLedger ledger,
            ImportSearch search,
            ImportOutcome outcome,
            Orders orders,
            Failures failures,
            int inFlight,
            StopSignal stop) {
        this.target = target;
        this.ledger = ledger;
        this.search = search;
        this.outcome = outcome;
        this.orders = orders;
        this.failures = failures;
        this.inFlight = inFlight;
        this.stop = stop;
    }

    @Override
    public void write(Chunk<? extends ImportUnit> chunk) throws JobInterruptedException, InterruptedException {
        ImportQueue queue = new ImportQueue(inFlight);
        List<ImportUnit> doubtful = new ArrayList<>();
        for (ImportUnit unit : chunk) {
            enqueue(queue, unit, doubtful);
        }
        for (ImportUnit unit : doubtful) {
            drain(queue);
            reconcile(queue, unit);
        }
        long pause = FIRST_POLL_MILLIS;
        while (!queue.isDone()) {
            stop.check();
            boolean moved = fill(queue);
            moved |= poll(queue);
            if (moved) {
                pause = FIRST_POLL_MILLIS;
            } else {
                Thread.sleep(pause);
                pause = Math.min(LAST_POLL_MILLIS, pause * 3 / 2);
            }
        }
    }

    private void enqueue(ImportQueue queue, ImportUnit unit, List<ImportUnit> doubtful) {
        if (failures.has(unit.sourceId())) {
            return;
        }
        try {
            ImportUnit known = unit.state() == ImportUnit.State.SUBMITTING ? search.glance(unit) : unit;
            if (known.state() == ImportUnit.State.SUBMITTING) {
                doubtful.add(known);
            } else {
                queue.add(known);
            }
        } catch (MigratorException e) {
            fail(queue, unit, e);
        }
    }

    /** Waits for the jobs that run, so that the rows of their partitions stand still and can be counted. */
    private void drain(ImportQueue queue) throws JobInterruptedException, InterruptedException {
        while (!queue.running().isEmpty()) {
            stop.check();
            if (!poll(queue)) {
                Thread.sleep(FIRST_POLL_MILLIS);
            }
        }
    }

    private void reconcile(ImportQueue queue, ImportUnit unit) throws JobInterruptedException, InterruptedException {
        if (failures.has(unit.sourceId())) {
            return;
        }
        try {
            queue.add(search.reconcile(unit));
        } catch (MigratorException e) {
            fail(queue, unit, e);
        }
    }

    private void fail(ImportQueue queue, ImportUnit unit, MigratorException fault) {
        failures.add(orders.item(unit), fault);
        queue.drop(unit.sourceId());
    }

    private boolean fill(ImportQueue queue) {
        boolean moved = false;
        while (true) {
            Optional<ImportUnit> next = queue.next();
            if (next.isEmpty()) {
                return moved;
            }
            ImportUnit unit = next.get();
            try {
                queue.running(submit(unit));
                moved = true;
            } catch (MigratorException e) {
                if (e.failure() == Failure.THROTTLED && queue.refusedForMillis() < LONGEST_REFUSAL_MILLIS) {
                    queue.refused(unit.planned(unit.attempts()));
                    return moved;
                }
                fail(queue, unit, e);
            }
        }
    }

    private ImportUnit submit(ImportUnit unit) {
        ledger.update(unit.submitting());
        try {
            ImportUnit submitted = unit.submitted(target.submitImport(orders.order(unit)));
            ledger.update(submitted);
            return submitted;
        } catch (MigratorException e) {
            if (NOTHING_BEGUN.contains(e.failure())) {
                ledger.update(unit.planned(unit.attempts()));
            }
            throw e;
        }
    }

    /** Looks at every running job once; true where one ended. */
    private boolean poll(ImportQueue queue) {
        boolean ended = false;
        List<ImportUnit> forgotten = new ArrayList<>();
        for (Iterator<ImportUnit> units = List.copyOf(queue.running()).iterator(); units.hasNext(); ) {
            ImportUnit unit = units.next();
            if (failures.has(unit.sourceId())) {
                continue;
            }
            try {
                ImportState state =
                        target.importState(orders.item(unit).target().database(), unit.jobId());
                switch (state.phase()) {
                    case RUNNING -> {}
                    case COMPLETED -> {
                        outcome.imported(unit, state.rows());
                        queue.imported(unit);
                        ended = true;
                    }
                    case FAILED -> {
                        queue.again(unit, outcome.failed(unit, state.reason()));
                        ended = true;
                    }
                    case UNKNOWN -> forgotten.add(unit);
                }
            } catch (MigratorException e) {
                fail(queue, unit, e);
                ended = true;
            }
        }
        return settle(queue, forgotten) || ended;
    }

    /** Forgotten jobs of a partition are judged together, once no other job of it is at work. */
    private boolean settle(ImportQueue queue, List<ImportUnit> forgotten) {
        boolean ended = false;
        for (List<ImportUnit> together : outcome.byPartition(forgotten)) {
            ImportUnit first = together.get(0);
            if (failures.has(first.sourceId()) || queue.othersAtWork(together)) {
                continue;
            }
            try {
                for (ImportUnit settled : outcome.forgotten(together)) {
                    if (settled.state() == ImportUnit.State.IMPORTED) {
                        queue.imported(settled);
                    } else {
                        queue.again(settled, settled);
                    }
                }
            } catch (MigratorException e) {
                fail(queue, first, e);
            }
            ended = true;
        }
        return ended;
    }
}
