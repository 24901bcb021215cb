package io.migrator.config.read;

import io.migrator.config.KeysV1;
import io.migrator.config.KeysV2;
import io.migrator.config.LogConfig;
import io.migrator.config.OutsideKeys;
import io.migrator.config.RepositoryConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What v1's keys are called in v2. Credentials of Azure and Google have other names: see {@code config.migrate}. */
public final class KeyNames {
    public static final Map<String, String> V1_TO_V2 = names();

    private KeyNames() {}

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("log.level", "log.level");
        names.put("log.console", "log.console");
        names.put(LogConfig.FORMAT, LogConfig.FORMAT);
        names.put("log.file.filename", "log.file.path");
        names.put("log.file.maxSize", "log.file.maxSizeMiB");
        names.put("log.file.maxDays", "log.file.maxDays");
        names.put("log.file.maxBackups", "log.file.maxBackups");
        names.put("http.debugMode", "server.debugMode");
        names.put("http.debug_mode", "server.debugMode");
        names.put("http.swaggerBasePath", "server.swaggerBasePath");
        names.put("milvus.user", "milvus.user");
        names.put("milvus.password", "milvus.password");
        names.put("milvus.token", "milvus.token");
        for (String key :
                List.of("address", "port", "tlsMode", "caCertPath", "serverName", "mtlsCertPath", "mtlsKeyPath")) {
            names.put("milvus." + key, "milvus.grpc." + key);
        }
        names.put("milvus.restEndpoint", "milvus.rest.endpoint");
        names.put("backup.gcPause.address", "milvus.management.endpoint");
        names.put("milvus.rpcChannelName", "milvus.replicate.rpcChannelName");
        names.put("milvus.etcd.endpoints", "milvus.etcd.endpoints");
        names.put("milvus.etcd.rootPath", "milvus.etcd.rootPath");
        storage(names, "minio.", false, KeysV2.MILVUS_STORAGE);
        storage(names, "minio.backup", true, KeysV2.BACKUP_STORAGE);
        for (String key : List.of("", "KmsKeyId", "BucketKey")) {
            names.put(KeysV1.BACKUP_SSE + key, KeysV2.BACKUP_SSE + key);
        }
        names.put("backup.parallelism.backupCollection", "backup.concurrency.collections");
        names.put("backup.parallelism.backupSegment", "backup.concurrency.segments");
        names.put("backup.gcPause.enable", "backup.pauseGC");
        names.put("backup.parallelism.restoreCollection", "restore.concurrency.collections");
        names.put("backup.parallelism.importJob", "restore.concurrency.importJobs");
        names.put("backup.keepTempFiles", "restore.keepTempFiles");
        names.put("minio.crossStorage", "transfer.mode");
        names.put("backup.parallelism.copydata", "transfer.concurrency");
        names.put("minio.multipartCopyThresholdMiB", "transfer.multipartCopyThresholdMiB");
        names.put("seal.key", "seal.key");
        names.put("seal.keyFile", "seal.keyFile");
        for (String key : List.of(
                RepositoryConfig.URL,
                RepositoryConfig.USER,
                RepositoryConfig.PASSWORD,
                RepositoryConfig.SCHEMA,
                RepositoryConfig.KEEP_DAYS)) {
            names.put(key, key);
        }
        OutsideKeys.ALL.forEach(key -> names.put(key.name(), key.name()));
        names.put("cloud.address", "zillizCloud.endpoint");
        names.put("cloud.apikey", "zillizCloud.apiKey");
        return names;
    }

    private static void storage(Map<String, String> names, String prefix, boolean capital, String section) {
        String[][] pairs = {
            {"storageType", "provider"},
            {"address", "address"},
            {"port", "port"},
            {"region", "region"},
            {"useSSL", "useSSL"},
            {"caCertPath", "caCertPath"},
            {"bucketName", "bucketName"},
            {"rootPath", "rootPath"},
            {"useIAM", "auth.type"},
            {"accessKeyID", "auth.accessKeyID"},
            {"secretAccessKey", "auth.secretAccessKey"},
            {"token", "auth.sessionToken"},
            {"gcpCredentialJSON", "auth.credentialsFile"},
            {"iamEndpoint", "auth.endpoint"},
        };
        for (String[] pair : pairs) {
            String key = capital ? Character.toUpperCase(pair[0].charAt(0)) + pair[0].substring(1) : pair[0];
            names.put(prefix + key, section + "." + pair[1]);
        }
    }
}
