package io.migrator.remote;

import java.util.Objects;
import org.springframework.batch.core.step.StepExecution;

/**
 * An execution of a step that equals none but itself. Batch keeps what belongs to a running step under the execution, for the whole
 * process; those of two runs with the same numbers are equal to it, and so are those of a part that a thread lost and its neighbour
 * has begun: one would write with the other's version.
 */
final class OwnExecution extends StepExecution {
    private static final long serialVersionUID = 1;

    private OwnExecution(StepExecution of) {
        super(of.getId(), of.getStepName(), of.getJobExecution());
    }

    static OwnExecution of(StepExecution found) {
        OwnExecution own = new OwnExecution(found);
        own.setVersion(Objects.requireNonNull(found.getVersion()));
        own.setStatus(found.getStatus());
        own.setExitStatus(found.getExitStatus());
        own.setExecutionContext(found.getExecutionContext());
        own.setCreateTime(found.getCreateTime());
        own.setReadCount(found.getReadCount());
        own.setWriteCount(found.getWriteCount());
        own.setFilterCount(found.getFilterCount());
        own.setCommitCount(found.getCommitCount());
        own.setRollbackCount(found.getRollbackCount());
        own.setReadSkipCount(found.getReadSkipCount());
        own.setWriteSkipCount(found.getWriteSkipCount());
        own.setProcessSkipCount(found.getProcessSkipCount());
        return own;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
