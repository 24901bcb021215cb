package io.migrator.config.read;

import io.migrator.config.BackupConfig;
import io.migrator.config.Encryption;
import io.migrator.config.HostName;
import io.migrator.config.KeysV1;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.config.SealConfig;
import io.migrator.config.Secret;
import io.migrator.config.Sides;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.config.ValueKind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Builds the records from checked values of a v1 configuration. */
public final class ConfigAssembly {
    private ConfigAssembly() {}

    static MigratorConfig of(ConfigValues values, Sides sides, SealConfig seal) {
        StorageConfig vault = vault(values);
        return sides.vaultAlone()
                ? vaultAlone(vault, backup(values), log(values), seal)
                : new MigratorConfig(milvus(values), milvusStorage(values), vault, backup(values), log(values), seal);
    }

    /** Nothing else was looked at, and nothing else may be opened. */
    static MigratorConfig vaultAlone(StorageConfig vault, BackupConfig backup, LogConfig log, SealConfig seal) {
        return new MigratorConfig(MilvusConfig.plain("", 0, "", Secret.NONE), vault, vault, backup, log, seal);
    }

    /** As there: {@code crossStorage} makes this process carry the bytes. */
    static Map<String, String> parameters(ConfigValues values) {
        return values.flag("minio.crossStorage") ? Map.of("transfer", "stream") : Map.of();
    }

    private static MilvusConfig milvus(ConfigValues values) {
        return new MilvusConfig(
                HostName.written(values.text("milvus.address")),
                values.number("milvus.port"),
                values.text("milvus.user"),
                values.secret("milvus.password"),
                values.secret("milvus.token"),
                tlsMode(values),
                values.text("milvus.caCertPath"),
                values.text("milvus.serverName"),
                values.text("milvus.mtlsCertPath"),
                values.text("milvus.mtlsKeyPath"),
                values.text("milvus.restEndpoint"));
    }

    /** As there: mutual TLS without a key pair is TLS that checks the server. */
    private static int tlsMode(ConfigValues values) {
        return degraded(values) ? 1 : values.number("milvus.tlsMode");
    }

    public static boolean degraded(ConfigValues values) {
        return values.number("milvus.tlsMode") == 2
                && (values.text("milvus.mtlsCertPath").isEmpty()
                        || values.text("milvus.mtlsKeyPath").isEmpty());
    }

    private static StorageConfig milvusStorage(ConfigValues values) {
        StorageType type = type(values, "minio.storageType");
        return new StorageConfig(
                Side.MILVUS,
                type,
                HostName.written(values.text("minio.address")),
                values.number("minio.port"),
                values.text("minio.region"),
                values.secret("minio.accessKeyID"),
                values.secret("minio.secretAccessKey"),
                values.secret("minio.token"),
                values.secret("minio.gcpCredentialJSON"),
                values.flag("minio.useSSL"),
                values.flag("minio.useIAM"),
                values.text("minio.iamEndpoint"),
                bucket(values.text("minio.bucketName"), values.text("minio.rootPath"), type),
                rootPath(values.text("minio.rootPath"), type),
                values.number("minio.multipartCopyThresholdMiB"),
                values.text("minio.caCertPath"),
                Encryption.NONE);
    }

    private static StorageConfig vault(ConfigValues values) {
        StorageType type = type(values, "minio.backupStorageType");
        return new StorageConfig(
                Side.VAULT,
                type,
                HostName.written(values.text("minio.backupAddress")),
                values.number("minio.backupPort"),
                values.text("minio.backupRegion"),
                values.secret("minio.backupAccessKeyID"),
                values.secret("minio.backupSecretAccessKey"),
                values.secret("minio.backupToken"),
                values.secret("minio.backupGcpCredentialJSON"),
                values.flag("minio.backupUseSSL"),
                values.flag("minio.backupUseIAM"),
                values.text("minio.backupIamEndpoint"),
                bucket(values.text("minio.backupBucketName"), values.text("minio.backupRootPath"), type),
                rootPath(values.text("minio.backupRootPath"), type),
                values.number("minio.multipartCopyThresholdMiB"),
                values.text("minio.backupCaCertPath"),
                new EncryptionRules(values, KeysV1.BACKUP_SSE).encryption());
    }

    private static BackupConfig backup(ConfigValues values) {
        return new BackupConfig(
                values.number("backup.parallelism.copydata"),
                values.number("backup.parallelism.backupCollection"),
                values.number("backup.parallelism.backupSegment"),
                values.number("backup.parallelism.restoreCollection"),
                values.number("backup.parallelism.importJob"),
                values.flag("backup.keepTempFiles"),
                values.flag("backup.gcPause.enable"),
                values.text("backup.gcPause.address").replaceAll("/+$", ""),
                BackupConfig.SEGMENTS_PER_IMPORT,
                "");
    }

    private static LogConfig log(ConfigValues values) {
        return new LogConfig(
                values.text("log.level").toLowerCase(Locale.ROOT),
                values.flag("log.console"),
                values.text("log.file.filename"),
                values.number("log.file.maxSize"),
                values.number("log.file.maxDays"),
                values.number("log.file.maxBackups"));
    }

    private static StorageType type(ConfigValues values, String key) {
        StorageType type = ValueKind.storageType(values.text(key));
        if (type == null) {
            throw new IllegalStateException("unchecked storage type in " + key);
        }
        return type;
    }

    /** Local storage has no bucket: its root path, a path of this machine, takes the place of one. */
    static String bucket(String bucket, String rootPath, StorageType type) {
        return type == StorageType.LOCAL
                ? Path.of(rootPath).toAbsolutePath().normalize().toString()
                : bucket;
    }

    static String rootPath(String text, StorageType type) {
        return type == StorageType.LOCAL ? "" : text.replaceAll("/+$", "").replaceAll("^(\\./|/)+", "");
    }
}
