package io.migrator.config.read;

import io.migrator.config.BackupConfig;
import io.migrator.config.Encryption;
import io.migrator.config.HostName;
import io.migrator.config.KeysV1;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.config.RepositoryConfig;
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
        StorageConfig vault = storage(values, Side.VAULT);
        return sides.vaultAlone()
                ? vaultAlone(vault, backup(values), log(values), seal, repository(values))
                : new MigratorConfig(
                        milvus(values),
                        storage(values, Side.MILVUS),
                        vault,
                        backup(values),
                        log(values),
                        seal,
                        repository(values));
    }

    /** Nothing else was looked at, and nothing else may be opened. */
    static MigratorConfig vaultAlone(
            StorageConfig vault, BackupConfig backup, LogConfig log, SealConfig seal, RepositoryConfig repository) {
        return new MigratorConfig(
                MilvusConfig.plain("", 0, "", Secret.NONE), vault, vault, backup, log, seal, repository);
    }

    /** The keys are our own, and the same in both forms. */
    static RepositoryConfig repository(ConfigValues values) {
        return new RepositoryConfig(
                values.text(RepositoryConfig.URL),
                values.text(RepositoryConfig.USER),
                values.secret(RepositoryConfig.PASSWORD),
                values.text(RepositoryConfig.SCHEMA),
                values.number(RepositoryConfig.KEEP_DAYS));
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

    private static StorageConfig storage(ConfigValues values, Side side) {
        StorageType type = type(values, key(side, "storageType"));
        String rootPath = values.text(key(side, "rootPath"));
        return new StorageConfig(
                side,
                type,
                HostName.written(values.text(key(side, "address"))),
                values.number(key(side, "port")),
                values.text(key(side, "region")),
                values.secret(key(side, "accessKeyID")),
                values.secret(key(side, "secretAccessKey")),
                values.secret(key(side, "token")),
                values.secret(key(side, "gcpCredentialJSON")),
                values.flag(key(side, "useSSL")),
                values.flag(key(side, "useIAM")),
                values.text(key(side, "iamEndpoint")),
                bucket(values.text(key(side, "bucketName")), rootPath, type),
                rootPath(rootPath, type),
                values.number("minio.multipartCopyThresholdMiB"),
                values.text(key(side, "caCertPath")),
                side == Side.VAULT ? new EncryptionRules(values, KeysV1.BACKUP_SSE).encryption() : Encryption.NONE);
    }

    /** {@code minio.address} of Milvus' side is {@code minio.backupAddress} of the vault's. */
    private static String key(Side side, String name) {
        return side == Side.MILVUS
                ? "minio." + name
                : "minio.backup" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
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
                values.text(LogConfig.FORMAT).equalsIgnoreCase("json"),
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
