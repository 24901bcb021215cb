package io.migrator.process;

import io.migrator.config.StorageConfig;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.ServerRows;
import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusServer;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A real Milvus in the matrix; whoever started the server stops it.
 *
 * @param files its own bucket or folder
 */
record RealServer(String version, LabClient client, StorageConfig files, Map<String, String> settings)
        implements MatrixServer {
    /** What a desk needs to know of it. */
    static Map<String, String> settings(MilvusServer server, String bucket, String user, String password) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("milvus.port", String.valueOf(server.port()));
        settings.put("milvus.user", user);
        settings.put("milvus.password", password);
        settings.put("minio.bucketName", bucket);
        settings.put("backup.gcPause.address", server.management());
        return settings;
    }

    @Override
    public String name() {
        return version + " (real)";
    }

    @Override
    public int line() {
        return MatrixServer.line(version);
    }

    @Override
    public RowDigest rows(String collection) {
        try (ObjectStore store = Stores.open(files)) {
            return new ServerRows(client, store).digest(collection);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
