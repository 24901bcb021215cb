package io.migrator.verify;

import io.migrator.batch.JobContext;
import io.migrator.batch.PartitionWork;
import io.migrator.batch.RunFacts;
import io.migrator.batch.StepFactory;
import io.migrator.batch.Transactions;
import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.lease.Footprint;
import io.migrator.report.Progress;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.migrator.store.throttle.PacedReads;
import io.migrator.store.throttle.Throttle;
import io.migrator.verify.log.LogFile;
import io.migrator.verify.log.PlannedReading;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.IntSupplier;
import org.springframework.batch.core.step.Step;

/** The reading of a deep proof of another process: what a worker does of its step {@code readSegments}. */
public final class ReadHelp implements PartitionWork {
    private static final int LOOKED_FOR = 16;

    private final JobContext context;
    private final VerifyOptions options;
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final PacedReads reads;
    private final WorkerPool pool;

    /**
     * @param context of the run that is helped, with the configuration of this process
     * @param workers how many processes share its limits now
     * @param own whether the run is this process's, which has looked at its vault before
     * @throws MigratorException CONFLICT where the vault of this process does not hold that backup; as for a run where it cannot
     *     be read
     */
    public ReadHelp(JobContext context, IntSupplier workers, boolean own) {
        this.context = context;
        this.options = VerifyOptions.of(context);
        Throttle throttle = options.throttle().sharedBy(workers);
        this.vault = Stores.throttled(Stores.open(context.config().vault()), throttle);
        this.layout = ProofState.layout(context.name(), vault);
        this.reads = new PacedReads(vault, throttle);
        this.pool = new WorkerPool("verify", options.inFlight());
        boolean ready = false;
        try {
            if (!own) {
                vault.requireReachable();
                List<PlannedReading> some = new VerifyTables(context.transactions()).last(LOOKED_FOR);
                requireSameVault(some);
                requireReadable(some);
            }
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /**
     * One address may be two places, and in another all would be missing, and be written down as damage. The files that describe
     * a backup tell; of the pool, which changes all the time, some of what is to be read.
     */
    private void requireSameVault(List<PlannedReading> some) {
        boolean same = context.name().equals(PoolSteps.ALL)
                ? some.isEmpty() || some.stream().anyMatch(this::isThere)
                : new ProofState(context.transactions(), new VerifyTables(context.transactions()))
                        .isOf(ProofState.stamp(vault, layout));
        if (!same || !Footprint.mayBeIn(vault, new RunFacts(context.transactions()))) {
            throw PartitionWork.elsewhere(
                    context,
                    "%s does not hold what the run proves"
                            .formatted(vault.config().display()));
        }
    }

    private boolean isThere(PlannedReading planned) {
        LogFile log = planned.files().get(0);
        return vault.find(layout.ofManifest(log.key()))
                .filter(found -> found.size() == log.size())
                .isPresent();
    }

    /** Rights are known by using them. What is missing is damage, and told by who reads it. */
    private void requireReadable(List<PlannedReading> some) {
        for (PlannedReading planned : some) {
            String key = layout.ofManifest(planned.files().get(0).key());
            try (InputStream in = vault.open(key)) {
                if (in.read() >= 0) {
                    return;
                }
            } catch (MigratorException e) {
                if (e.failure() != Failure.NOT_FOUND) {
                    throw e;
                }
            } catch (IOException e) {
                throw MigratorException.unable(
                        Failure.UNREACHABLE,
                        "read",
                        key,
                        "reading broke off: " + e.getMessage(),
                        "Look what keeps this worker from it.",
                        e);
            }
        }
    }

    @Override
    public Step step(StepFactory steps, String name, Transactions transactions, Progress done) {
        VerifyTables tables = new VerifyTables(transactions);
        DeepProof proof = new ProofState(transactions, tables)
                .reading(context.name(), vault, layout, reads, steps.stop()::requested, done, pool);
        return new ReadingSteps(steps, tables, options.chunk()).part(name, proof::read);
    }

    @Override
    public void close() {
        try (vault) {
            pool.close();
        }
    }
}
