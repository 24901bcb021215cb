package io.migrator.config;

/**
 * Everything a run reads from its configuration.
 *
 * @param milvusStorage the bucket that Milvus itself uses
 * @param vault the bucket that holds backups
 */
public record MigratorConfig(
        MilvusConfig milvus, StorageConfig milvusStorage, StorageConfig vault, BackupConfig backup, LogConfig log) {}
