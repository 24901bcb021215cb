package io.migrator.lab;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a Milvus keeps what it stores.
 *
 * @param bucket empty for a local folder
 * @param rootPath in the bucket; for a local folder its absolute path
 * @param settings {@code section.key} to value
 */
record MilvusFiles(String bucket, String rootPath, Map<String, Object> settings) {

    static MilvusFiles inBucket(S3Lab store, String bucket, String rootPath) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("common.storageType", "minio");
        settings.put("minio.address", store.host());
        settings.put("minio.port", store.port());
        settings.put("minio.accessKeyID", store.accessKey());
        settings.put("minio.secretAccessKey", store.secretKey());
        settings.put("minio.useSSL", false);
        settings.put("minio.bucketName", bucket);
        settings.put("minio.rootPath", rootPath);
        return new MilvusFiles(bucket, rootPath, settings);
    }

    static MilvusFiles inFolder(Path folder) {
        String path = folder.toAbsolutePath().toString();
        return new MilvusFiles("", path, Map.of("common.storageType", "local", "localStorage.path", path));
    }
}
