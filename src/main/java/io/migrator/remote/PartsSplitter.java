package io.migrator.remote;

import io.migrator.batch.Transactions;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Makes what Batch keeps of the parts of a step, in their order and in one transaction. Batch's own makes each in two, and asks
 * for its past: with a plan that says what is done a part has none, and no worker can begin before the last is made.
 */
public final class PartsSplitter implements StepExecutionSplitter {
    private final JobRepository repository;
    private final Transactions transactions;
    private final String step;
    private final Partitioner partitioner;

    /**
     * @param repository that makes a step in the transaction of its caller
     * @param transactions of the same database
     */
    public PartsSplitter(JobRepository repository, Transactions transactions, String step, Partitioner partitioner) {
        this.repository = repository;
        this.transactions = transactions;
        this.step = step;
        this.partitioner = partitioner;
    }

    @Override
    public String getStepName() {
        return step;
    }

    @Override
    public Set<StepExecution> split(StepExecution manager, int size) {
        Set<String> parts = partitioner.partition(size).keySet();
        Set<StepExecution> made = new LinkedHashSet<>();
        transactions.run(() -> parts.forEach(
                part -> made.add(repository.createStepExecution(step + ":" + part, manager.getJobExecution()))));
        return made;
    }
}
