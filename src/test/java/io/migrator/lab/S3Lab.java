package io.migrator.lab;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A server that speaks S3 over plain HTTP on this host. Whoever started it closes it. */
public interface S3Lab extends StoreLab {
    /** MinIO where it can be had, else S3Proxy; a machine with neither skips the test and says why. */
    static S3Lab start(Path workDir) {
        if (MinioServer.available()) {
            return MinioServer.start(workDir);
        }
        Assumptions.assumeTrue(
                S3ProxyServer.available(),
                () -> MinioServer.unavailableBecause() + "; " + S3ProxyServer.unavailableBecause());
        return S3ProxyServer.start(workDir);
    }

    /** The same for a test that only wants buckets: the next test of this JVM has the server after it, without them. */
    static S3Lab lease(Path workDir) {
        return MinioServer.available() ? LeasedMinio.take() : start(workDir);
    }

    default String host() {
        return "127.0.0.1";
    }

    int port();

    String accessKey();

    String secretKey();

    @Override
    default StorageConfig storage(StorageConfig.Side side, String bucket, String rootPath) {
        return new StorageConfig(
                side,
                StorageType.MINIO,
                host(),
                port(),
                "",
                new Secret(accessKey()),
                new Secret(secretKey()),
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                bucket,
                rootPath,
                500);
    }

    @Override
    default void createBucket(String bucket) {
        Buckets.create(this, bucket, false);
    }

    /** Changes a setting of the bucket, such as {@code lifecycle}, to what the XML says. */
    default void configureBucket(String bucket, String setting, String xml) {
        Buckets.configure(this, bucket, setting, xml);
    }

    /** Puts an object of a versioned bucket under a legal hold. */
    default void hold(String bucket, String key) {
        Buckets.hold(this, bucket, key);
    }

    /** One that keeps every version of an object, and a delete marker in place of one that was deleted. */
    default void createVersionedBucket(String bucket) {
        Buckets.create(this, bucket, true);
    }
}
