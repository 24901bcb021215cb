package io.migrator.milvus;

import java.util.List;

/**
 * State of an import job.
 *
 * @param rows rows imported so far, after deletes
 * @param files the paths it was given
 * @param reason why it failed, else empty
 */
public record ImportState(long jobId, Phase phase, int progressPercent, long rows, List<String> files, String reason) {
    /** What matters of Milvus' many states. */
    public enum Phase {
        RUNNING,
        COMPLETED,
        FAILED,
        /** The server does not know the job. */
        UNKNOWN
    }
}
