package io.migrator.process;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.MinioServer;
import io.migrator.lab.Rows;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A Milvus on a MinIO of its own, whose keys the lab's server does not know; its bucket has the name of B's. */
final class SecondServer implements AutoCloseable {
    static final String BUCKET = "bucket-b";

    private final MinioServer store;
    private final MilvusServer milvus;
    private final LabClient client;

    private SecondServer(MinioServer store, MilvusServer milvus) {
        this.store = store;
        this.milvus = milvus;
        this.client = LabClient.to(milvus);
    }

    static SecondServer start(Path folder) throws IOException {
        Assumptions.assumeTrue(MinioServer.available(), MinioServer::unavailableBecause);
        MinioServer store =
                MinioServer.start(Files.createDirectory(folder.resolve("s3")), "second-user", "second-password");
        MilvusServer milvus = null;
        try {
            store.createBucket(BUCKET);
            milvus = MilvusServer.start(folder.resolve("milvus"), store, BUCKET);
            return new SecondServer(store, milvus);
        } finally {
            if (milvus == null) {
                store.close();
            }
        }
    }

    Bucket bucket() {
        return new Bucket(store, BUCKET);
    }

    StorageConfig storage(Side side) {
        return store.storage(side, BUCKET, "");
    }

    /** Settings that make this server the vault. */
    String[] asVault() {
        return new String[] {
            "minio.backupAddress", store.host(),
            "minio.backupPort", String.valueOf(store.port()),
            "minio.backupAccessKeyID", store.accessKey(),
            "minio.backupSecretAccessKey", store.secretKey()
        };
    }

    /** Settings that make this Milvus and its bucket the target. */
    String[] asMilvus() {
        return new String[] {
            "milvus.port", String.valueOf(milvus.port()),
            "minio.port", String.valueOf(store.port()),
            "minio.accessKeyID", store.accessKey(),
            "minio.secretAccessKey", store.secretKey(),
            "backup.gcPause.address", milvus.management()
        };
    }

    Rows.Digest restored(String collection) {
        new Fill(client).load(collection);
        return new Rows(client).digest(collection);
    }

    CollectionSchema schema(String collection) {
        return schema(client, collection);
    }

    static CollectionSchema schema(LabClient client, String collection) {
        return client.stub()
                .describeCollection(DescribeCollectionRequest.newBuilder()
                        .setCollectionName(collection)
                        .build())
                .getSchema();
    }

    @Override
    public void close() {
        client.close();
        milvus.close();
        store.close();
    }
}
