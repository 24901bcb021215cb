package io.migrator.remote;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepLocator;

/** The one step that Batch's handler of a request finds. */
record OneStep(String name, Work work) implements StepLocator {
    interface Work {
        void execute(StepExecution execution) throws JobInterruptedException;
    }

    @Override
    public Step getStep(String asked) {
        return new Step() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public void execute(StepExecution execution) throws JobInterruptedException {
                work.execute(execution);
            }
        };
    }
}
