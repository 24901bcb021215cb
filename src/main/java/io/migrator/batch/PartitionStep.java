package io.migrator.batch;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Runs a fresh step for each partition, so that readers and writers need not be shared between threads. */
public final class PartitionStep implements Step {
    /** Makes the step of one partition from what the partitioner put into its context. */
    public interface Source {
        Step create(String name, ExecutionContext context);
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
        source.create(name, execution.getExecutionContext()).execute(execution);
    }
}
