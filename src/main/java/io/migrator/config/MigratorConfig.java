package io.migrator.config;

/**
 * Everything a run reads from its configuration.
 *
 * @param milvusStorage the bucket that Milvus itself uses
 * @param vault the bucket that holds backups
 */
public record MigratorConfig(
        MilvusConfig milvus,
        StorageConfig milvusStorage,
        StorageConfig vault,
        BackupConfig backup,
        LogConfig log,
        SealConfig seal) {
    /** One without a key for seals. */
    public MigratorConfig(
            MilvusConfig milvus, StorageConfig milvusStorage, StorageConfig vault, BackupConfig backup, LogConfig log) {
        this(milvus, milvusStorage, vault, backup, log, SealConfig.NONE);
    }
}
