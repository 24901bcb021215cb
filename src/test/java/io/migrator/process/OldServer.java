package io.migrator.process;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusRelease;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.Rows;
import io.milvus.grpc.CollectionSchema;
import java.nio.file.Path;
import java.util.Map;

/**
 * A real Milvus 2.2.16 with its files in a folder, and a backup of its one collection. The backup takes up to a minute,
 * after which such a server tells that deletes are written: it is begun at once, by a process, and waited for last.
 */
record OldServer(MilvusServer server, LabClient client, RealServer matrix, MigratorProcess running, Rows.Digest rows)
        implements AutoCloseable {
    static final String COLLECTION = "m";
    static final String ALIAS = "matrix_alias";

    /** @param vault a bucket of the lab */
    static OldServer start(Path folder, MigrationLab lab, String vault, String backup) {
        // So that the test need not wait ten minutes for the deletes to be written.
        Map<String, String> quick = Map.of("dataCoord.enableCompaction", "false", "dataNode.segment.syncPeriod", "5");
        MilvusServer server = MilvusServer.startLocal(folder, MilvusRelease.V2_2_16, quick);
        try {
            LabClient client = LabClient.to(server);
            Fill fill = new Fill(client);
            fill.old(COLLECTION, ALIAS, 1_000);
            fill.load(COLLECTION);
            Map<String, String> settings = RealServer.settings(server, "", "", "");
            settings.put("minio.storageType", "local");
            settings.put("minio.rootPath", server.rootPath());
            RealServer matrix = new RealServer("2.2.16", client, files(server), settings);
            MigratorProcess running =
                    lab.deskOf(matrix, vault).start("--job=backup", "collection=" + COLLECTION, "name=" + backup);
            return new OldServer(server, client, matrix, running, new Rows(client).digest(COLLECTION));
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private static StorageConfig files(MilvusServer server) {
        return new StorageConfig(
                StorageConfig.Side.MILVUS,
                StorageType.LOCAL,
                "",
                0,
                "",
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                server.rootPath(),
                "",
                500);
    }

    /** What became of the backup, once it has ended. */
    Outcome backup() {
        return running.end();
    }

    CollectionSchema schema() {
        return SecondServer.schema(client, COLLECTION);
    }

    @Override
    public void close() {
        running.close();
        client.close();
        server.close();
    }
}
