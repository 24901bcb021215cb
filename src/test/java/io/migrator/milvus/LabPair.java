package io.migrator.milvus;

import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.S3Lab;
import java.nio.file.Path;
import java.util.Map;

/** A Milvus over an S3 server with a client for filling it. */
record LabPair(S3Lab store, MilvusServer milvus, LabClient client) implements AutoCloseable {
    static LabPair start(Path workDir, Map<String, String> overrides) {
        S3Lab store = S3Lab.lease(workDir.resolve("s3"));
        MilvusServer milvus = null;
        try {
            milvus = MilvusServer.start(workDir.resolve("milvus"), store, "bucket-a", "files", overrides);
            return new LabPair(store, milvus, LabClient.to(milvus));
        } finally {
            if (milvus == null) {
                store.close();
            }
        }
    }

    @Override
    public void close() {
        client.close();
        milvus.close();
        store.close();
    }
}
