package io.migrator.remote;

import io.migrator.batch.RecordCalls;
import org.springframework.batch.core.repository.JobRepository;

/** Batch's records of parts without their contexts, which nobody reads: each would be a commit, for every chunk. */
final class PartRecords {
    private static final String OF_CONTEXTS = "updateExecutionContext";

    private PartRecords() {}

    static JobRepository of(JobRepository repository) {
        return RecordCalls.of(repository, (method, arguments, call) -> method.equals(OF_CONTEXTS) ? null : call.make());
    }
}
