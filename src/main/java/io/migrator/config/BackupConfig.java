package io.migrator.config;

/**
 * The {@code backup:} section.
 *
 * @param copyInFlight objects copied at once ({@code backup.parallelism.copydata})
 * @param importJobs import jobs a server may have at once ({@code backup.parallelism.importJob})
 * @param keepTempFiles leave staged files behind, for looking at them
 * @param gcPauseAddress base URL of Milvus' management port
 */
public record BackupConfig(
        int copyInFlight,
        int backupCollections,
        int backupSegments,
        int restoreCollections,
        int importJobs,
        boolean keepTempFiles,
        boolean gcPauseEnabled,
        String gcPauseAddress) {}
