package io.migrator.restore.imports;

import io.migrator.batch.StopSignal;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.MilvusTarget;
import io.migrator.restore.state.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Imports the units of a chunk, several jobs in flight, each exactly once: importing twice doubles rows. The ledger says
 * SUBMITTING before the call and holds the job id after it, so after a death the server's own task list decides.
 */
public final class ImportSegments implements ItemWriter<ImportUnit> {
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LAST_PAUSE_MILLIS = 2000;
    /** How long a server may refuse to take any job before the run gives up. */
    private static final long LONGEST_REFUSAL_MILLIS = 600_000;

    private final MilvusTarget target;
    private final ImportLedger ledger;
    private final ImportSearch search;
    private final ImportOutcome outcome;
    private final ForeignImports others;
    private final Orders orders;
    private final Failures failures;
    private final int inFlight;
    private final StopSignal stop;

    public ImportSegments(
            MilvusTarget target,
            ImportLedger ledger,
            ImportSearch search,
            ImportOutcome outcome,
            ForeignImports others,
            Orders orders,
            Failures failures,
            int inFlight,
            StopSignal stop) {
        this.target = target;
        this.ledger = ledger;
        this.search = search;
        this.outcome = outcome;
        this.others = others;
        this.orders = orders;
        this.failures = failures;
        this.inFlight = inFlight;
        this.stop = stop;
    }

    @Override
    public void write(Chunk<? extends ImportUnit> chunk) throws JobInterruptedException, InterruptedException {
        try (ImportRequests requests = new ImportRequests(target, ledger, orders)) {
            write(chunk, requests);
        }
    }

    private void write(Chunk<? extends ImportUnit> chunk, ImportRequests requests)
            throws JobInterruptedException, InterruptedException {
        ImportQueue queue = new ImportQueue(inFlight, System::nanoTime);
        List<ImportUnit> doubtful = new ArrayList<>();
        for (ImportUnit unit : chunk) {
            enqueue(queue, unit, doubtful);
        }
        for (ImportUnit unit : doubtful) {
            drain(queue, requests);
            reconcile(queue, requests, unit);
        }
        outcome.atWork(queue.running());
        long pause = FIRST_PAUSE_MILLIS;
        while (!queue.isDone()) {
            stop.check();
            boolean moved = fill(queue, requests);
            moved |= poll(queue, requests);
            if (moved) {
                pause = FIRST_PAUSE_MILLIS;
            } else if (queue.isIdle()) {
                // The server takes nothing, and nothing that ends will make room.
                Thread.sleep(pause);
                pause = Math.min(LAST_PAUSE_MILLIS, pause * 3 / 2);
            } else {
                Thread.sleep(queue.millisUntilDue());
            }
        }
    }

    private void enqueue(ImportQueue queue, ImportUnit listed, List<ImportUnit> doubtful) {
        if (failures.has(listed.sourceId())) {
            return;
        }
        // It was listed before the chunks that came first, and one of them may have waited for its job.
        ImportUnit unit = ledger.get(listed.unit());
        try {
            ImportUnit known = unit.state() == ImportUnit.State.SUBMITTING ? search.glance(unit) : unit;
            if (known.state() == ImportUnit.State.SUBMITTING) {
                doubtful.add(known);
            } else if (known.state() != ImportUnit.State.IMPORTED) {
                queue.add(known);
            }
        } catch (MigratorException e) {
            fail(queue, unit, e);
        }
    }

    /** Waits for the jobs that run, so that the rows of their partitions stand still and can be counted. */
    private void drain(ImportQueue queue, ImportRequests requests)
            throws JobInterruptedException, InterruptedException {
        while (!queue.isIdle()) {
            stop.check();
            if (!poll(queue, requests)) {
                Thread.sleep(queue.millisUntilDue());
            }
        }
    }

    private void reconcile(ImportQueue queue, ImportRequests requests, ImportUnit doubtful)
            throws JobInterruptedException, InterruptedException {
        ImportUnit unit = ledger.get(doubtful.unit());
        if (failures.has(unit.sourceId()) || unit.state() != ImportUnit.State.SUBMITTING) {
            return;
        }
        try {
            ImportUnit known = search.await(unit);
            if (known.state() == ImportUnit.State.SUBMITTING) {
                addNeighbours(queue, known);
                drain(queue, requests);
                if (failures.has(unit.sourceId())) {
                    return;
                }
                known = search.absent(known);
            }
            queue.add(known);
        } catch (MigratorException e) {
            fail(queue, unit, e);
        }
    }

    /** Jobs of the same partition, whichever chunk their units are in: until they end its rows cannot be counted. */
    private void addNeighbours(ImportQueue queue, ImportUnit unit) {
        for (ImportUnit other : ledger.of(unit.sourceId())) {
            if (other.unit() != unit.unit()
                    && other.partition().equals(unit.partition())
                    && !queue.hasRunning(other.unit())) {
                ImportUnit known = other.state() == ImportUnit.State.SUBMITTING ? search.glance(other) : other;
                if (known.state() == ImportUnit.State.SUBMITTED) {
                    queue.add(known);
                }
            }
        }
    }

    private void fail(ImportQueue queue, ImportUnit unit, MigratorException fault) {
        failures.add(orders.item(unit), fault);
        queue.drop(unit.sourceId());
    }

    private boolean fill(ImportQueue queue, ImportRequests requests) throws JobInterruptedException {
        boolean moved = false;
        while (true) {
            List<ImportUnit> batch = withoutOthers(queue, queue.take(ImportRequests.AT_ONCE));
            if (batch.isEmpty()) {
                return moved;
            }
            List<ImportUnit> refused = new ArrayList<>();
            for (ImportRequests.Sent sent : requests.send(batch)) {
                moved |= sent.fault() == null;
                sent(queue, sent, refused);
            }
            outcome.atWork(queue.running());
            if (!refused.isEmpty()) {
                queue.refused(refused);
                return moved;
            }
            stop.check();
        }
    }

    /** Those of collections into which nobody else imports. */
    private List<ImportUnit> withoutOthers(ImportQueue queue, List<ImportUnit> taken) {
        for (ImportUnit unit : taken) {
            try {
                if (!failures.has(unit.sourceId())) {
                    others.requireNoneSince(unit, orders.item(unit).target());
                }
            } catch (MigratorException e) {
                fail(queue, unit, e);
            }
        }
        return taken.stream().filter(unit -> !failures.has(unit.sourceId())).toList();
    }

    /** What was sent together with a unit whose collection failed is left to the next run, as is the rest of it. */
    private void sent(ImportQueue queue, ImportRequests.Sent sent, List<ImportUnit> refused) {
        ImportUnit unit = sent.unit();
        MigratorException fault = sent.fault();
        if (failures.has(unit.sourceId())) {
            return;
        }
        if (fault == null) {
            queue.running(unit);
        } else if (fault.failure() == Failure.THROTTLED && queue.refusedForMillis() < LONGEST_REFUSAL_MILLIS) {
            refused.add(unit);
        } else {
            fail(queue, unit, fault);
            refused.removeIf(other -> other.sourceId() == unit.sourceId());
        }
    }

    /** Looks at the jobs whose time it is; true where one ended. */
    private boolean poll(ImportQueue queue, ImportRequests requests) {
        List<ImportUnit> forgotten = new ArrayList<>();
        boolean ended = judge(queue, requests.look(queue.due()), forgotten);
        // Together or not at all: one alone would always find the others at work.
        ended |= judge(queue, requests.look(queue.neighbours(forgotten)), forgotten);
        ended |= settle(queue, forgotten);
        if (ended) {
            ledger.force();
            outcome.atWork(queue.running());
        }
        return ended;
    }

    private boolean judge(ImportQueue queue, List<ImportRequests.Seen> looks, List<ImportUnit> forgotten) {
        boolean ended = false;
        for (ImportRequests.Seen seen : looks) {
            if (failures.has(seen.unit().sourceId())) {
                continue;
            }
            try {
                ended |= judge(queue, seen, forgotten);
            } catch (MigratorException e) {
                fail(queue, seen.unit(), e);
                ended = true;
            }
        }
        return ended;
    }

    private boolean judge(ImportQueue queue, ImportRequests.Seen seen, List<ImportUnit> forgotten) {
        ImportUnit unit = seen.unit();
        ImportState state = seen.state();
        if (state == null) {
            throw Objects.requireNonNull(seen.fault(), "a look without a state");
        }
        switch (state.phase()) {
            case RUNNING -> {
                outcome.goesOn(unit, state.progressPercent(), state.reason());
                queue.goesOn(unit);
                return false;
            }
            case COMPLETED -> {
                outcome.imported(unit, state.rows());
                queue.imported(unit);
            }
            case FAILED -> queue.again(unit, outcome.failed(unit, state.reason(), state.rows()));
            case UNKNOWN -> {
                queue.goesOn(unit);
                forgotten.add(unit);
                return false;
            }
        }
        return true;
    }

    /** Forgotten jobs of a partition are judged together, once no other job of it is at work, of whichever chunk. */
    private boolean settle(ImportQueue queue, List<ImportUnit> forgotten) {
        boolean ended = false;
        for (List<ImportUnit> together : outcome.byPartition(forgotten)) {
            ImportUnit first = together.get(0);
            if (failures.has(first.sourceId())) {
                continue;
            }
            try {
                addNeighbours(queue, first);
                if (queue.othersAtWork(together)) {
                    continue;
                }
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
