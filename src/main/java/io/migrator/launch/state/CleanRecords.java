package io.migrator.launch.state;

import io.migrator.batch.RecordCalls;
import io.migrator.failure.KnownSecrets;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Keeps secrets out of the job database: Batch writes whole traces into it, and those of client libraries quote what they
 * were given.
 */
public final class CleanRecords {
    /** As many letters as Batch keeps of it: a trace has ten times as many, and is written again and again. */
    private static final int KEPT = 2500;

    private CleanRecords() {}

    public static JobRepository clean(JobRepository repository) {
        return RecordCalls.of(repository, (method, arguments, call) -> {
            for (Object argument : arguments) {
                if (argument instanceof StepExecution step) {
                    step.setExitStatus(clean(step.getExitStatus()));
                } else if (argument instanceof JobExecution job) {
                    job.setExitStatus(clean(job.getExitStatus()));
                }
            }
            return call.make();
        });
    }

    private static ExitStatus clean(ExitStatus status) {
        String description = status.getExitDescription();
        return description.isEmpty()
                ? status
                : new ExitStatus(
                        status.getExitCode(),
                        KnownSecrets.ofThisProcess().begin(description, KEPT).replace('\0', '\uFFFD'));
    }
}
