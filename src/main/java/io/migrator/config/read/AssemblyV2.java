package io.migrator.config.read;

import io.migrator.config.BackupConfig;
import io.migrator.config.Encryption;
import io.migrator.config.HostName;
import io.migrator.config.KeysV2;
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
import java.util.Locale;
import java.util.Map;

/** Builds the records from checked values of a v2 configuration. */
final class AssemblyV2 {
    private static final Map<String, String> TRANSFERS =
            Map.of("auto", "auto", "direct", "server", "streaming", "stream");

    private final ConfigValues values;
    private final SealConfig seal;

    AssemblyV2(ConfigValues values, SealConfig seal) {
        this.values = values;
        this.seal = seal;
    }

    MigratorConfig config(Sides sides) {
        StorageConfig vault = storage(Side.VAULT, KeysV2.BACKUP_STORAGE);
        return sides.vaultAlone()
                ? ConfigAssembly.vaultAlone(vault, backup(), log(), seal, ConfigAssembly.repository(values))
                : new MigratorConfig(
                        milvus(),
                        storage(Side.MILVUS, KeysV2.MILVUS_STORAGE),
                        vault,
                        backup(),
                        log(),
                        seal,
                        ConfigAssembly.repository(values));
    }

    Map<String, String> parameters() {
        String mode = lower("transfer.mode");
        return mode.equals("auto") ? Map.of() : Map.of("transfer", String.valueOf(TRANSFERS.get(mode)));
    }

    private MilvusConfig milvus() {
        return new MilvusConfig(
                HostName.written(values.text("milvus.grpc.address")),
                values.number("milvus.grpc.port"),
                values.text("milvus.user"),
                values.secret("milvus.password"),
                values.secret("milvus.token"),
                ValueKind.TLS_NAMES.indexOf(lower("milvus.grpc.tlsMode")),
                values.text("milvus.grpc.caCertPath"),
                values.text("milvus.grpc.serverName"),
                values.text("milvus.grpc.mtlsCertPath"),
                values.text("milvus.grpc.mtlsKeyPath"),
                values.text("milvus.rest.endpoint"));
    }

    private StorageConfig storage(Side side, String section) {
        StorageType type = ValueKind.storageType(values.text(section + ".provider"));
        if (type == null) {
            throw new IllegalStateException("unchecked provider in " + section);
        }
        String auth = section + ".auth.";
        String way = lower(auth + "type");
        boolean keys = way.equals("static");
        boolean azure = type == StorageType.AZURE;
        Secret none = Secret.NONE;
        return new StorageConfig(
                side,
                type,
                HostName.written(values.text(section + ".address")),
                values.number(section + ".port"),
                values.text(section + ".region"),
                azure ? values.secret(section + ".accountName") : keys ? values.secret(auth + "accessKeyID") : none,
                way.equals("sharedkey")
                        ? values.secret(auth + "accountKey")
                        : keys ? values.secret(auth + "secretAccessKey") : none,
                keys ? values.secret(auth + "sessionToken") : none,
                way.equals("serviceaccount") ? values.secret(auth + "credentialsFile") : none,
                values.flag(section + ".useSSL"),
                way.equals("iam") || way.equals("default"),
                way.equals("iam") ? values.text(auth + "endpoint") : "",
                ConfigAssembly.bucket(values.text(section + ".bucketName"), values.text(section + ".rootPath"), type),
                ConfigAssembly.rootPath(values.text(section + ".rootPath"), type),
                values.number("transfer.multipartCopyThresholdMiB"),
                values.text(section + ".caCertPath"),
                side == Side.VAULT ? new EncryptionRules(values, KeysV2.BACKUP_SSE).encryption() : Encryption.NONE);
    }

    private BackupConfig backup() {
        return new BackupConfig(
                values.number("transfer.concurrency"),
                values.number("backup.concurrency.collections"),
                values.number("backup.concurrency.segments"),
                values.number("restore.concurrency.collections"),
                values.number("restore.concurrency.importJobs"),
                values.flag("restore.keepTempFiles"),
                values.flag("backup.pauseGC"),
                values.text("milvus.management.endpoint").replaceAll("/+$", ""),
                values.number("restore.maxSegmentsPerImportJob"),
                values.text("milvus.storage.localPath").replaceAll("(?<=.)/+$", ""));
    }

    private LogConfig log() {
        return new LogConfig(
                lower("log.level"),
                values.flag("log.console"),
                values.text(LogConfig.FORMAT).equalsIgnoreCase("json"),
                values.text("log.file.path"),
                values.number("log.file.maxSizeMiB"),
                values.number("log.file.maxDays"),
                values.number("log.file.maxBackups"));
    }

    private String lower(String key) {
        return values.text(key).toLowerCase(Locale.ROOT);
    }
}
