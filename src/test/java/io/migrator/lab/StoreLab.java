package io.migrator.lab;

import io.migrator.config.StorageConfig;

/** A place with buckets on this host. Whoever started it closes it. */
public interface StoreLab extends AutoCloseable {
    /** Which server this is, for messages. */
    String kind();

    /** The configuration that reaches a bucket of this server. */
    StorageConfig storage(StorageConfig.Side side, String bucket, String rootPath);

    /** Makes the bucket; no fault where it exists. */
    void createBucket(String bucket);

    @Override
    void close();
}
