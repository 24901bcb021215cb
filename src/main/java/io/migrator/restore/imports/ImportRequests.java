package io.migrator.restore.imports;

import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.ImportState;
import io.migrator.milvus.MilvusTarget;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the import step, several at once; what came of them is for one thread to judge. The ledger says SUBMITTING
 * on the disk before a unit is sent and SUBMITTED with the job id once the server answered, whatever became of the others.
 */
final class ImportRequests implements AutoCloseable {
    /** As many may be in doubt after a death. */
    static final int AT_ONCE = 16;
    /** Of these it is sure that the server began nothing: the next run need not look for a job. */
    private static final Set<Failure> NOTHING_BEGUN =
            EnumSet.of(Failure.THROTTLED, Failure.NOT_FOUND, Failure.CORRUPT, Failure.DENIED, Failure.UNSUPPORTED);

    private final MilvusTarget target;
    private final ImportLedger ledger;
    private final Orders orders;
    private final WorkerPool workers = new WorkerPool("import", AT_ONCE);

    ImportRequests(MilvusTarget target, ImportLedger ledger, Orders orders) {
        this.target = target;
        this.ledger = ledger;
        this.orders = orders;
    }

    /**
     * What came of sending a unit.
     *
     * @param unit as the ledger has it now
     * @param fault null where the server took it
     */
    record Sent(ImportUnit unit, @Nullable MigratorException fault) {}

    /** What a job is at; one of state and fault is there. */
    record Seen(ImportUnit unit, @Nullable ImportState state, @Nullable MigratorException fault) {}

    /** Sends each once, {@link #AT_ONCE} at most; in their order. */
    List<Sent> send(List<ImportUnit> units) {
        List<ImportUnit> submitting = units.stream().map(ImportUnit::submitting).toList();
        ledger.promise(submitting);
        List<Sent> sent = workers.map(submitting, this::send);
        ledger.force();
        return sent;
    }

    private Sent send(ImportUnit unit) {
        try {
            ImportUnit submitted = unit.submitted(target.submitImport(orders.order(unit)));
            ledger.update(submitted);
            return new Sent(submitted, null);
        } catch (MigratorException e) {
            if (!NOTHING_BEGUN.contains(e.failure())) {
                return new Sent(unit, e);
            }
            ImportUnit planned = unit.planned(unit.attempts());
            ledger.update(planned);
            return new Sent(planned, e);
        }
    }

    /** Asks for each job once. */
    List<Seen> look(Collection<ImportUnit> running) {
        return workers.map(List.copyOf(running), unit -> {
            try {
                String database = orders.item(unit).target().database();
                return new Seen(unit, target.importState(database, unit.jobId()), null);
            } catch (MigratorException e) {
                return new Seen(unit, null, e);
            }
        });
    }

    @Override
    public void close() {
        workers.close();
    }
}
