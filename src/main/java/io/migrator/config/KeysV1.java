package io.migrator.config;

import static io.migrator.config.ConfigKey.key;
import static io.migrator.config.ConfigKey.unused;
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
import static io.migrator.config.ValueKind.REGION;
import static io.migrator.config.ValueKind.REPOSITORY;
import static io.migrator.config.ValueKind.SCHEMA;
import static io.migrator.config.ValueKind.SEAL_KEY;
import static io.migrator.config.ValueKind.STORAGE_TYPE;
import static io.migrator.config.ValueKind.TEXT;
import static io.migrator.config.ValueKind.TLS_MODE;
import static io.migrator.config.ValueKind.TOKEN;
import static io.migrator.config.ValueKind.URL;

import java.util.List;
import java.util.stream.Stream;

/** Every key of milvus-backup's v1 configuration (0.4 and 0.5), with that program's names, defaults and variables. */
public final class KeysV1 {
    /** What the keys of encryption begin with. */
    public static final String BACKUP_SSE = "minio.backupSse";

    public static final List<ConfigKey> ALL =
            Stream.concat(own().stream(), OutsideKeys.ALL.stream()).toList();

    private KeysV1() {}

    private static List<ConfigKey> own() {
        return List.of(
                key("log.level", LEVEL, "info"),
                key("log.console", FLAG, "true"),
                key(LogConfig.FORMAT, LOG_FORMAT, "text").env("MIGRATOR_LOG_FORMAT"),
                key("log.file.filename", LOG_FILE, ""),
                key("log.file.maxSize", COUNT, "300"),
                key("log.file.maxDays", LIMIT, "0"),
                key("log.file.maxBackups", LIMIT, "0"),
                key("milvus.address", HOST, "localhost").env("MILVUS_ADDRESS"),
                key("milvus.port", PORT, "19530").env("MILVUS_PORT"),
                key("milvus.user", TEXT, "").env("MILVUS_USER"),
                key("milvus.password", TEXT, "").env("MILVUS_PASSWORD").asSecret(),
                key("milvus.token", TOKEN, "").env("MILVUS_TOKEN").asSecret(),
                key("milvus.restEndpoint", URL, "").env("MILVUS_REST_ENDPOINT"),
                key("milvus.tlsMode", TLS_MODE, "0").env("MILVUS_TLS_MODE"),
                key("milvus.caCertPath", PATH, "").also("milvus.tlsCertPath").env("MILVUS_CA_CERT_PATH"),
                key("milvus.serverName", TEXT, "").env("MILVUS_SERVER_NAME"),
                key("milvus.mtlsCertPath", PATH, "").env("MILVUS_MTLS_CERT_PATH"),
                key("milvus.mtlsKeyPath", PATH, "").env("MILVUS_MTLS_KEY_PATH"),
                key("minio.storageType", STORAGE_TYPE, "minio")
                        .preferring("storage.storageType")
                        .also("minio.cloudProvider"),
                key("minio.address", HOST, "localhost").env("MINIO_ADDRESS"),
                key("minio.port", PORT, "9000").env("MINIO_PORT"),
                key("minio.region", REGION, "").env("MINIO_REGION"),
                key("minio.accessKeyID", HEADER, "minioadmin").env("MINIO_ACCESS_KEY"),
                key("minio.secretAccessKey", TEXT, "minioadmin")
                        .env("MINIO_SECRET_KEY")
                        .asSecret(),
                key("minio.token", HEADER, "").env("MINIO_TOKEN").asSecret(),
                key("minio.gcpCredentialJSON", JSON_OR_PATH, "")
                        .env("GCP_KEY_JSON")
                        .asSecret(),
                key("minio.useSSL", FLAG, "false").env("MINIO_USE_SSL"),
                key("minio.caCertPath", PATH, "").env("MINIO_CA_CERT_PATH"),
                key("minio.useIAM", FLAG, "false").env("MINIO_USE_IAM"),
                key("minio.iamEndpoint", URL, "").env("MINIO_IAM_ENDPOINT"),
                key("minio.bucketName", TEXT, "a-bucket").env("MINIO_BUCKET_NAME"),
                key("minio.rootPath", TEXT, "files").env("MINIO_ROOT_PATH"),
                key("minio.backupStorageType", STORAGE_TYPE, "")
                        .preferring("storage.backupStorageType")
                        .inherits("minio.storageType"),
                key("minio.backupAddress", HOST, "").env("MINIO_BACKUP_ADDRESS").inherits("minio.address"),
                key("minio.backupPort", PORT, "").env("MINIO_BACKUP_PORT").inherits("minio.port"),
                key("minio.backupRegion", REGION, "").env("MINIO_BACKUP_REGION").inherits("minio.region"),
                key("minio.backupAccessKeyID", HEADER, "")
                        .env("MINIO_BACKUP_ACCESS_KEY")
                        .inherits("minio.accessKeyID"),
                key("minio.backupSecretAccessKey", TEXT, "")
                        .env("MINIO_BACKUP_SECRET_KEY")
                        .inherits("minio.secretAccessKey")
                        .asSecret(),
                key("minio.backupToken", HEADER, "")
                        .env("MINIO_BACKUP_TOKEN")
                        .inherits("minio.token")
                        .asSecret(),
                key("minio.backupGcpCredentialJSON", JSON_OR_PATH, "")
                        .env("BACKUP_GCP_KEY_JSON")
                        .asSecret(),
                key("minio.backupUseSSL", FLAG, "").env("MINIO_BACKUP_USE_SSL").inherits("minio.useSSL"),
                key("minio.backupCaCertPath", PATH, "")
                        .env("MINIO_BACKUP_CA_CERT_PATH")
                        .inherits("minio.caCertPath"),
                key("minio.backupUseIAM", FLAG, "").env("MINIO_BACKUP_USE_IAM").inherits("minio.useIAM"),
                key("minio.backupIamEndpoint", URL, "")
                        .env("MINIO_BACKUP_IAM_ENDPOINT")
                        .inherits("minio.iamEndpoint"),
                key("minio.backupBucketName", TEXT, "")
                        .env("MINIO_BACKUP_BUCKET_NAME")
                        .inherits("minio.bucketName"),
                key("minio.backupRootPath", TEXT, "backup")
                        .env("MINIO_BACKUP_ROOT_PATH")
                        .inherits("minio.rootPath"),
                key(BACKUP_SSE, ENCRYPTION, "").env("MINIO_BACKUP_SSE"),
                key(BACKUP_SSE + "KmsKeyId", HEADER, "").env("MINIO_BACKUP_SSE_KMS_KEY_ID"),
                key(BACKUP_SSE + "BucketKey", FLAG, "false").env("MINIO_BACKUP_SSE_BUCKET_KEY"),
                key("minio.multipartCopyThresholdMiB", COUNT, "500"),
                key("minio.crossStorage", FLAG, "false"),
                key("backup.parallelism.copydata", COUNT, "128").env("BACKUP_PARALLELISM_COPYDATA"),
                key("backup.parallelism.backupCollection", COUNT, "4").env("BACKUP_PARALLELISM_BACKUP_COLLECTION"),
                key("backup.parallelism.backupSegment", COUNT, "1024"),
                key("backup.parallelism.restoreCollection", COUNT, "2").env("BACKUP_PARALLELISM_RESTORE_COLLECTION"),
                key("backup.parallelism.importJob", COUNT, "768"),
                key("backup.keepTempFiles", FLAG, "false").env("BACKUP_KEEP_TEMP_FILES"),
                key("backup.gcPause.enable", FLAG, "true").env("BACKUP_GC_PAUSE_ENABLE"),
                key("backup.gcPause.address", URL, "http://localhost:9091").env("BACKUP_GC_PAUSE_ADDRESS"),
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
                unused("log.file.rootPath"),
                unused("http.enabled"),
                unused("http.debugMode"),
                unused("http.debug_mode"),
                unused("http.swaggerBasePath"),
                unused("http.simpleResponse"),
                unused("cloud.address"),
                unused("cloud.apikey").asSecret(),
                unused("milvus.authorizationEnabled"),
                unused("milvus.rpcChannelName"),
                unused("milvus.etcd.endpoints"),
                unused("milvus.etcd.rootPath"),
                unused("backup.maxSegmentGroupSize"),
                unused("backup.gcPause.seconds"));
    }
}
