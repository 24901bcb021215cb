package io.migrator.batch;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/** Runs a fresh step for each partition, so that readers and writers need not be shared between threads. */
public final class PartitionStep implements Step {
    /**
     * Makes the step of one partition. It gets the partition's key, never its context: Batch commits the partition before
     * its context, so a run that died in between leaves an empty context, which every restart would be given again.
     */
    public interface Source {
        Step create(String name, String partition);
    }

    private final String name;
    private final Source source;

    PartitionStep(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isAllowStartIfComplete() {
        return true;
    }

    @Override
    public void execute(StepExecution execution) throws JobInterruptedException {
        String partition = execution.getStepName().substring(name.length() + 1);
        source.create(name, partition).execute(execution);
    }
}
