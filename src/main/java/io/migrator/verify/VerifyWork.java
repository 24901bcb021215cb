package io.migrator.verify;

import io.migrator.batch.JobContext;
import io.migrator.batch.JobWork;
import io.migrator.batch.StepFactory;
import io.migrator.batch.StopSignal;
import io.migrator.batch.WorkerPool;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.util.List;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** The job {@code verify}: proves that a backup is whole, or names what is not. Only reads. */
public final class VerifyWork implements JobWork {
    /** A batch of the plan is a chunk of its own. */
    private static final int BATCHES_PER_CHUNK = 1;

    private final JobContext context;
    private final ObjectStore vault;
    private final VerifyOptions options;
    private final WorkerPool pool;
    private final VerifyReport report;

    public VerifyWork(JobContext context) {
        this.context = context;
        this.options = VerifyOptions.of(context);
        this.vault = Stores.throttled(Stores.open(context.config().vault()), options.throttle());
        this.pool = new WorkerPool("verify", options.inFlight());
        this.report = new VerifyReport(context);
    }

    @Override
    public Job define(JobRepository repository, StepFactory steps) {
        VerifySteps work = new VerifySteps(context, vault, options, pool, report, steps.stop()::requested);
        SimpleJobBuilder job = new JobBuilder("verify", repository)
                .start(steps.single("preflight", work::preflight))
                .next(steps.single("checkMetas", work::checkMetas))
                .next(steps.single("checkListing", work::checkListing));
        if (work.deep()) {
            job.next(steps.<List<PlannedReading>>chunked(
                    "readSegments",
                    BATCHES_PER_CHUNK,
                    work.batches(options.chunk()),
                    chunk -> chunk.forEach(work::read)));
        }
        return job.next(steps.single("conclude", work::conclude)).build();
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
        new VerifySteps(context, vault, options, pool, report, stop::requested).preview();
    }

    @Override
    public String done() {
        return report.done();
    }

    @Override
    public void close() {
        pool.close();
        vault.close();
    }
}
