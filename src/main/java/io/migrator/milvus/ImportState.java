package io.migrator.milvus;

import java.util.List;

/**
 * State of an import job.
 *
 * @param rows rows imported so far, after deletes; of a job that failed because Milvus 2.3 died those that it
 *     left behind
 * @param files what the server says it reads: the paths it was given, or texts that hold them; 2.4 and later tell them
 *     only once they have begun
 * @param reason why it failed, or what it waits for where it does not move; else empty
 */
public record ImportState(long jobId, Phase phase, int progressPercent, long rows, List<String> files, String reason) {
    /** What matters of Milvus' many states. */
    public enum Phase {
        RUNNING,
        COMPLETED,
        FAILED,
        /** The server does not know the job, be it that it never had it or that it has forgotten it. */
        UNKNOWN
    }

    public ImportState as(Phase other, String because) {
        return new ImportState(jobId, other, progressPercent, rows, files, because);
    }

    public ImportState brought(long other) {
        return new ImportState(jobId, phase, progressPercent, other, files, reason);
    }

    /** Whether the job reads these directories and nothing else. */
    public boolean reads(List<ImportOrder.Dirs> dirs) {
        return !files.isEmpty()
                && files.stream().allMatch(file -> dirs.stream()
                        .anyMatch(dir -> dir.paths().stream().anyMatch(file::contains)));
    }
}
