package io.migrator.demo;

import io.migrator.config.StorageConfig;
import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * What a migration finds: one S3 server, milvus_A with bucket-a, milvus_B with bucket-b, the vault in bucket-b, and a
 * configuration file for each side.
 */
public final class TwoMilvus implements AutoCloseable {
    public static final String BUCKET_A = "bucket-a";
    public static final String BUCKET_B = "bucket-b";
    public static final String ROOT_PATH = "files";
    public static final String VAULT_ROOT = "backup";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Path workDir;
    private final S3Lab store;
    private final MilvusServer milvusA;
    private final MilvusServer milvusB;
    private final LabClient clientA;
    private final LabClient clientB;

    private TwoMilvus(Path workDir, Map<String, String> overridesA, Map<String, String> overridesB) {
        this.workDir = workDir;
        try {
            Files.createDirectories(workDir);
            store = opened(S3Lab.start(workDir.resolve("s3")));
            milvusA = milvus("milvus_a", BUCKET_A, overridesA);
            milvusB = milvus("milvus_b", BUCKET_B, overridesB);
            clientA = opened(LabClient.to(milvusA));
            clientB = opened(LabClient.to(milvusB));
            Files.writeString(configA(), config(milvusA, BUCKET_A));
            Files.writeString(configB(), config(milvusB, BUCKET_B));
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Starts all of it; where one part cannot be had, stops the others and throws a
     * {@link org.opentest4j.TestAbortedException} that says why.
     *
     * @param overridesA settings of milvus_A, {@code section.key} to value
     */
    public static TwoMilvus start(Path workDir, Map<String, String> overridesA, Map<String, String> overridesB) {
        return new TwoMilvus(workDir, overridesA, overridesB);
    }

    private MilvusServer milvus(String name, String bucket, Map<String, String> overrides) {
        store.createBucket(bucket);
        return opened(MilvusServer.start(workDir.resolve(name), store, bucket, ROOT_PATH, overrides));
    }

    private <T extends AutoCloseable> T opened(T server) {
        started.push(server);
        return server;
    }

    private String config(MilvusServer milvus, String bucket) {
        return """
                milvus:
                  address: %s
                  port: %d
                minio:
                  storageType: minio
                  address: %s
                  port: %d
                  accessKeyID: %s
                  secretAccessKey: %s
                  bucketName: %s
                  rootPath: %s
                  backupBucketName: %s
                  backupRootPath: %s
                backup:
                  gcPause:
                    address: %s
                """
                .formatted(
                        milvus.address(),
                        milvus.port(),
                        store.host(),
                        store.port(),
                        store.accessKey(),
                        store.secretKey(),
                        bucket,
                        ROOT_PATH,
                        BUCKET_B,
                        VAULT_ROOT,
                        milvus.management());
    }

    public Path configA() {
        return workDir.resolve("milvus_a.yaml");
    }

    public Path configB() {
        return workDir.resolve("milvus_b.yaml");
    }

    public LabClient clientA() {
        return clientA;
    }

    public LabClient clientB() {
        return clientB;
    }

    /** A bucket of the S3 server; the caller closes it. */
    public ObjectStore bucket(String name) {
        return Stores.open(store.storage(StorageConfig.Side.MILVUS, name, ROOT_PATH));
    }

    public S3Lab store() {
        return store;
    }

    /** Where the servers are, one line each. */
    public String addresses() {
        return """
                S3 (%s)  http://%s:%d  user %s, password %s; buckets %s, %s
                milvus_A  %s:%d, management %s
                milvus_B  %s:%d, management %s
                """
                .formatted(
                        store.kind(),
                        store.host(),
                        store.port(),
                        store.accessKey(),
                        store.secretKey(),
                        BUCKET_A,
                        BUCKET_B,
                        milvusA.address(),
                        milvusA.port(),
                        milvusA.management(),
                        milvusB.address(),
                        milvusB.port(),
                        milvusB.management());
    }

    /** Stops everything, last started first. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                System.err.println("while stopping: " + e);
            }
        }
    }
}
