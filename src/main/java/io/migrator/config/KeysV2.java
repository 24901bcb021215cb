package io.migrator.config;

import static io.migrator.config.ConfigKey.key;
import static io.migrator.config.ConfigKey.unused;
import static io.migrator.config.ValueKind.AUTH_TYPE;
import static io.migrator.config.ValueKind.COUNT;
import static io.migrator.config.ValueKind.ENCRYPTION;
import static io.migrator.config.ValueKind.FLAG;
import static io.migrator.config.ValueKind.HEADER;
import static io.migrator.config.ValueKind.HOST;
import static io.migrator.config.ValueKind.JSON_OR_PATH;
import static io.migrator.config.ValueKind.LEVEL;
import static io.migrator.config.ValueKind.LIMIT;
import static io.migrator.config.ValueKind.LOG_FILE;
import static io.migrator.config.ValueKind.LOG_FORMAT;
import static io.migrator.config.ValueKind.PATH;
import static io.migrator.config.ValueKind.PORT;
import static io.migrator.config.ValueKind.PROVIDER;
import static io.migrator.config.ValueKind.REGION;
import static io.migrator.config.ValueKind.REPOSITORY;
import static io.migrator.config.ValueKind.SCHEMA;
import static io.migrator.config.ValueKind.SEAL_KEY;
import static io.migrator.config.ValueKind.TEXT;
import static io.migrator.config.ValueKind.TLS_NAME;
import static io.migrator.config.ValueKind.TOKEN;
import static io.migrator.config.ValueKind.TRANSFER;
import static io.migrator.config.ValueKind.URL;

import java.util.ArrayList;
import java.util.List;

/**
 * Every key of milvus-backup's v2 configuration (0.6, {@code configVersion: v2}), with that program's names,
 * defaults and variables: only credentials have one. {@code milvus.token} and
 * the sections {@code seal}, {@code repository} and {@code state} are our own, and {@code log.format}.
 */
public final class KeysV2 {
    public static final String MILVUS_STORAGE = "milvus.storage";
    public static final String BACKUP_STORAGE = "backup.storage";
    /** What the keys of encryption begin with. */
    public static final String BACKUP_SSE = BACKUP_STORAGE + ".sse";

    public static final List<ConfigKey> ALL = all();

    private KeysV2() {}

    private static List<ConfigKey> all() {
        List<ConfigKey> keys = new ArrayList<>(List.of(
                key("log.level", LEVEL, "info"),
                key("log.console", FLAG, "true"),
                key(LogConfig.FORMAT, LOG_FORMAT, "text").env("MIGRATOR_LOG_FORMAT"),
                key("log.file.path", LOG_FILE, ""),
                key("log.file.maxSizeMiB", COUNT, "300"),
                key("log.file.maxDays", LIMIT, "0"),
                key("log.file.maxBackups", LIMIT, "0"),
                key("milvus.user", TEXT, "").env("MILVUS_USER"),
                key("milvus.password", TEXT, "").env("MILVUS_PASSWORD").asSecret(),
                key("milvus.token", TOKEN, "").env("MILVUS_TOKEN").asSecret(),
                key("milvus.grpc.address", HOST, "localhost"),
                key("milvus.grpc.port", PORT, "19530"),
                key("milvus.grpc.tlsMode", TLS_NAME, "disabled"),
                key("milvus.grpc.caCertPath", PATH, ""),
                key("milvus.grpc.serverName", TEXT, ""),
                key("milvus.grpc.mtlsCertPath", PATH, ""),
                key("milvus.grpc.mtlsKeyPath", PATH, ""),
                key("milvus.rest.endpoint", URL, ""),
                key("milvus.management.endpoint", URL, "http://localhost:9091")));
        keys.addAll(storage(MILVUS_STORAGE, "MILVUS_STORAGE", "files"));
        keys.add(key(MILVUS_STORAGE + ".localPath", PATH, ""));
        for (ConfigKey key : storage(BACKUP_STORAGE, "BACKUP_STORAGE", "backup")) {
            boolean own = key.name().endsWith(".rootPath") || !key.used();
            keys.add(own ? key : key.inherits(key.name().replace(BACKUP_STORAGE, MILVUS_STORAGE)));
        }
        keys.addAll(List.of(
                key(BACKUP_SSE, ENCRYPTION, ""),
                key(BACKUP_SSE + "KmsKeyId", HEADER, ""),
                key(BACKUP_SSE + "BucketKey", FLAG, "false"),
                key("backup.concurrency.collections", COUNT, "4"),
                key("backup.concurrency.segments", COUNT, "1024"),
                key("backup.pauseGC", FLAG, "true"),
                key("restore.concurrency.collections", COUNT, "2"),
                key("restore.concurrency.importJobs", COUNT, "768"),
                key("restore.maxSegmentsPerImportJob", COUNT, String.valueOf(BackupConfig.SEGMENTS_PER_IMPORT)),
                key("restore.keepTempFiles", FLAG, "false"),
                key("transfer.mode", TRANSFER, "auto"),
                key("transfer.concurrency", COUNT, "128"),
                key("transfer.multipartCopyThresholdMiB", COUNT, "500"),
                key("seal.key", SEAL_KEY, "").env("MIGRATOR_SEAL_KEY").asSecret(),
                key("seal.keyFile", PATH, "").env("MIGRATOR_SEAL_KEY_FILE"),
                key(RepositoryConfig.URL, REPOSITORY, "").env("MIGRATOR_REPOSITORY_URL"),
                key(RepositoryConfig.USER, TEXT, "").env("MIGRATOR_REPOSITORY_USER"),
                key(RepositoryConfig.PASSWORD, TEXT, "")
                        .env("MIGRATOR_REPOSITORY_PASSWORD")
                        .asSecret(),
                key(RepositoryConfig.SCHEMA, SCHEMA, RepositoryConfig.NONE.schema())
                        .env("MIGRATOR_REPOSITORY_SCHEMA"),
                key(RepositoryConfig.KEEP_DAYS, LIMIT, RepositoryConfig.USUAL_DAYS)
                        .env("MIGRATOR_STATE_KEEP_DAYS"),
                unused("configVersion"),
                unused(BACKUP_STORAGE + ".localPath"),
                unused("server.debugMode"),
                unused("server.swaggerBasePath"),
                unused("milvus.replicate.rpcChannelName"),
                unused("milvus.etcd.endpoints"),
                unused("milvus.etcd.rootPath"),
                unused("zillizCloud.endpoint"),
                unused("zillizCloud.apiKey").env("ZILLIZ_CLOUD_API_KEY").asSecret()));
        keys.addAll(OutsideKeys.ALL);
        return List.copyOf(keys);
    }

    private static List<ConfigKey> storage(String section, String variable, String rootPath) {
        String auth = section + ".auth.";
        String authVariable = variable + "_AUTH_";
        return List.of(
                key(section + ".provider", PROVIDER, "minio"),
                key(section + ".address", HOST, "localhost"),
                key(section + ".port", PORT, "9000"),
                key(section + ".region", REGION, ""),
                key(section + ".useSSL", FLAG, "false"),
                key(section + ".caCertPath", PATH, ""),
                key(section + ".accountName", HEADER, "").env(variable + "_ACCOUNT_NAME"),
                key(section + ".bucketName", TEXT, "a-bucket"),
                key(section + ".rootPath", TEXT, rootPath),
                key(auth + "type", AUTH_TYPE, "static"),
                key(auth + "accessKeyID", HEADER, "minioadmin").env(authVariable + "ACCESS_KEY_ID"),
                key(auth + "secretAccessKey", TEXT, "minioadmin")
                        .env(authVariable + "SECRET_ACCESS_KEY")
                        .asSecret(),
                key(auth + "sessionToken", HEADER, "")
                        .env(authVariable + "SESSION_TOKEN")
                        .asSecret(),
                key(auth + "accountKey", HEADER, "")
                        .env(authVariable + "ACCOUNT_KEY")
                        .asSecret(),
                key(auth + "credentialsFile", JSON_OR_PATH, "").env(authVariable + "CREDENTIALS_FILE"),
                key(auth + "endpoint", URL, ""),
                unused(section + ".sourceSASToken")
                        .env(variable + "_SOURCE_SAS_TOKEN")
                        .asSecret(),
                unused(section + ".milvusAddress"),
                unused(section + ".milvusPort"));
    }
}
