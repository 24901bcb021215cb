package io.migrator.batch;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;

/** A job with the connections it holds. Closing it closes them. */
public interface JobWork extends AutoCloseable {
    Job define(JobRepository repository, StepFactory steps);

    /** Whether this work was completed by an earlier run and what it made is still where it was put. */
    boolean stillThere();

    /** Makes the first contacts, so that they are made while Spring starts. What fails here, preflight meets again. */
    void warmUp();

    /**
     * Puts into the report what a run would do, as tables and facts. Only reads: nothing is written to Milvus, the vault or
     * a job database that outlives the process; the context's own database may be in memory. Fails as preflight would, and as
     * STOPPED where a stop is asked for.
     */
    void preview(StopSignal stop);

    /** One line for the user after a run that completed. */
    String done();

    /** What goes on outside after a run that broke off, as a sentence for its user; empty for nothing. */
    default String leaves() {
        return "";
    }

    @Override
    void close();
}
