package io.migrator.config;

/**
 * The {@code backup:} section.
 *
 * @param copyInFlight objects copied at once ({@code backup.parallelism.copydata})
 * @param importJobs import jobs a server may have at once ({@code backup.parallelism.importJob})
 * @param keepTempFiles leave staged files behind, for looking at them
 * @param gcPauseAddress base URL of Milvus' management port
 * @param importSegments segments an import job has at most
 * @param milvusFolder the folder of local storage as Milvus sees it; empty where that is as this machine sees it
 */
public record BackupConfig(
        int copyInFlight,
        int backupCollections,
        int backupSegments,
        int restoreCollections,
        int importJobs,
        boolean keepTempFiles,
        boolean gcPauseEnabled,
        String gcPauseAddress,
        int importSegments,
        String milvusFolder) {
    /** As milvus-backup; a job that fails has this much to do again. */
    public static final int SEGMENTS_PER_IMPORT = 256;
}
