package io.migrator.config;

import org.jspecify.annotations.Nullable;

/**
 * Everything a run reads from its configuration.
 *
 * @param milvusStorage the bucket that Milvus itself uses
 * @param vault the bucket that holds backups
 * @param target the configuration of the other side, where a job has two; null where it has one
 */
public record MigratorConfig(
        MilvusConfig milvus,
        StorageConfig milvusStorage,
        StorageConfig vault,
        BackupConfig backup,
        LogConfig log,
        SealConfig seal,
        RepositoryConfig repository,
        @Nullable MigratorConfig target) {
    /** One of a job with one side. */
    public MigratorConfig(
            MilvusConfig milvus,
            StorageConfig milvusStorage,
            StorageConfig vault,
            BackupConfig backup,
            LogConfig log,
            SealConfig seal,
            RepositoryConfig repository) {
        this(milvus, milvusStorage, vault, backup, log, seal, repository, null);
    }

    /** One that keeps what jobs know in files. */
    public MigratorConfig(
            MilvusConfig milvus,
            StorageConfig milvusStorage,
            StorageConfig vault,
            BackupConfig backup,
            LogConfig log,
            SealConfig seal) {
        this(milvus, milvusStorage, vault, backup, log, seal, RepositoryConfig.NONE);
    }

    /** One without a key for seals. */
    public MigratorConfig(
            MilvusConfig milvus, StorageConfig milvusStorage, StorageConfig vault, BackupConfig backup, LogConfig log) {
        this(milvus, milvusStorage, vault, backup, log, SealConfig.NONE);
    }

    /** The same, with that one as the other side. */
    public MigratorConfig with(MigratorConfig other) {
        return new MigratorConfig(milvus, milvusStorage, vault, backup, log, seal, repository, other);
    }

    /** The other side; this one where the job has no other. */
    public MigratorConfig otherSide() {
        return target == null ? this : target;
    }
}
