package io.migrator.batch;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.report.Progress;
import java.util.Map;
import org.springframework.batch.core.step.Step;

/** What a worker does for a job that another process runs: its partitions, with connections that it holds meanwhile. */
public interface PartitionWork extends AutoCloseable {
    /**
     * Makes the step of one partition.
     *
     * @param steps whose signal ends this partition alone
     * @param name of the step, a colon, and what is its part
     * @param transactions the job database, in which a worker that lost the partition writes nothing
     * @param done told what was copied
     */
    Step step(StepFactory steps, String name, Transactions transactions, Progress done);

    /** How the bytes went so far; see {@link RemoteSteps.Course#ended}. Empty where none are moved. */
    default String transfer() {
        return "";
    }

    /** How many objects were streamed because the server refused to copy them, by its reason. */
    default Map<String, Long> refused() {
        return Map.of();
    }

    /** That the places of this process are not those of the run. */
    static MigratorException elsewhere(JobContext context, String why) {
        return MigratorException.unable(
                Failure.CONFLICT, "help with", context.name(), why, "Give this worker the configuration of that run.");
    }

    @Override
    void close();
}
