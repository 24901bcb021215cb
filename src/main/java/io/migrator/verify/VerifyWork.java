package io.migrator.verify;

import io.migrator.batch.JobContext;
import io.migrator.batch.JobWork;
import io.migrator.batch.RunFacts;
import io.migrator.batch.StepFactory;
import io.migrator.batch.StopSignal;
import io.migrator.batch.WorkerPool;
import io.migrator.catalog.Catalog;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.lease.Footprint;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.Reading;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** The job {@code verify}: proves that a backup is whole, or names what is not. Only reads. */
public final class VerifyWork implements JobWork {
    private final JobContext context;
    private final ObjectStore vault;
    private final VerifyOptions options;
    private final WorkerPool pool;
    private final VerifyReport report;
    private final PoolReport poolReport;
    private final Reading reading;

    public VerifyWork(JobContext context) {
        this.context = context;
        this.options = VerifyOptions.of(context);
        this.vault = Stores.throttled(Stores.open(context.config().vault()), options.throttle());
        this.pool = new WorkerPool("verify", options.inFlight());
        this.report = new VerifyReport(context);
        this.poolReport = new PoolReport(context, vault);
        LeaseHolder holder = LeaseHolder.of(context.identity(), "verify", context.label());
        Supplier<ObjectStore> connection = () -> Stores.open(context.config().vault());
        String root = vault.config().rootPath();
        this.reading = ofAll()
                ? Reading.ofPool(connection, new PoolLayout(root), holder)
                : new Reading(connection, new VaultLayout(root, context.name()), holder);
    }

    @Override
    public Job define(JobRepository repository, StepFactory steps) {
        ProofSteps work = work(steps.stop()::requested);
        SimpleJobBuilder job = new JobBuilder("verify", repository)
                .start(steps.single("preflight", () -> {
                    work.preflight();
                    noteReading(steps.remote().isPresent());
                }))
                .next(steps.single("checkMetas", work::checkMetas))
                .next(steps.single("checkListing", work::checkListing));
        if (work.deep()) {
            ReadingSteps reading = new ReadingSteps(steps, new VerifyTables(context.transactions()), options.chunk());
            job.next(steps.remote()
                    .map(others -> reading.remote(others, options.throttle(), context.progress()))
                    .orElseGet(() -> reading.here(context.progress(), work::read)));
        }
        return job.next(steps.conclusion("conclude", work::conclude)).build();
    }

    private void noteReading(boolean helped) {
        if (!ofAll()) {
            reading.begin(() -> new Catalog(vault, vault.config().rootPath()).lacking(context.name()));
        } else if (helped) {
            reading.begin(() -> "");
        }
        if (helped) {
            Footprint.tell(new RunFacts(context.transactions()), reading.footprint());
        }
    }

    /** What was whole yesterday may be damaged today: each run that was completed is followed by a new one. */
    @Override
    public boolean stillThere() {
        return false;
    }

    @Override
    public void warmUp() {
        vault.requireReachable();
    }

    @Override
    public void preview(StopSignal stop) {
        work(stop::requested).preview();
    }

    /** Whether all incremental backups are meant. What is deleted while they are read is passed over in the end. */
    private boolean ofAll() {
        return context.name().equals(PoolSteps.ALL);
    }

    private ProofSteps work(BooleanSupplier stop) {
        return ofAll()
                ? new PoolSteps(context, vault, options, pool, poolReport, stop)
                : new VerifySteps(context, vault, options, pool, report, stop);
    }

    @Override
    public String done() {
        return ofAll() ? poolReport.done() : report.done();
    }

    @Override
    public void close() {
        try (vault;
                pool) {
            reading.close();
        }
    }
}
