package io.migrator.retention;

import io.migrator.batch.JobContext;
import io.migrator.batch.JobWork;
import io.migrator.batch.ListReader;
import io.migrator.batch.StepFactory;
import io.migrator.batch.StopSignal;
import io.migrator.lease.DeletersLease;
import io.migrator.retention.hold.GuardedDeletion;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** The job {@code expire}: deletes backups that a policy does not keep, and what they alone had in the pool. */
public final class ExpireWork implements JobWork {
    /** A deletion is taken down before the next begins. */
    private static final int BACKUPS_PER_CHUNK = 1;

    private final ObjectStore vault;
    private final ExpireReport report;
    private final DeletersLease deleters;
    private final ExpireSteps work;
    private @Nullable StopSignal stop;

    public ExpireWork(JobContext context) {
        ExpireOptions options = ExpireOptions.of(context);
        this.vault = Stores.throttled(Stores.open(context.config().vault()), options.throttle());
        this.report = new ExpireReport(context);
        this.deleters = new GuardedDeletion(vault, context.progress()::note).deleters("expire", this::stopping);
        this.work = new ExpireSteps(context, vault, options, report, deleters, this::stopping);
    }

    private boolean stopping() {
        return stop != null && stop.requested();
    }

    @Override
    public Job define(JobRepository repository, StepFactory steps) {
        stop = steps.stop();
        return new JobBuilder("expire", repository)
                .start(steps.single("preflight", work::preflight))
                .next(steps.single("judge", work::judge))
                .next(steps.<Decision>chunked(
                        "delete",
                        BACKUPS_PER_CHUNK,
                        new ListReader<>(work::planned),
                        chunk -> chunk.forEach(work::remove)))
                .next(steps.single("sweep", work::sweep))
                .next(steps.conclusion("conclude", work::conclude))
                .build();
    }

    /** A night later other backups are due: each run that was completed is followed by a new one. */
    @Override
    public boolean stillThere() {
        return false;
    }

    @Override
    public void warmUp() {
        vault.requireReachable();
    }

    @Override
    public void preview(StopSignal signal) {
        stop = signal;
        work.preview();
    }

    @Override
    public String done() {
        return report.done();
    }

    @Override
    public void close() {
        deleters.close();
        vault.close();
    }
}
