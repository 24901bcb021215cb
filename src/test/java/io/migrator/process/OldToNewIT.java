package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusRelease;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.Rows;
import io.migrator.lab.S3Lab;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Out of a Milvus 2.2.16 with its files in a folder, into a Milvus 2.3.5 with its files in a bucket. */
@ExtendWith(LabExtension.class)
final class OldToNewIT {
    private final MigrationLab lab;

    @TempDir
    Path workDir;

    OldToNewIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void bringsRowsDeletesAndSchemaOfTheOlderLine() {
        // So that the test need not wait ten minutes for the deletes to be written.
        Map<String, String> settings =
                Map.of("dataCoord.enableCompaction", "false", "dataNode.segment.syncPeriod", "5");
        try (MilvusServer old = MilvusServer.startLocal(workDir, MilvusRelease.V2_2_16, settings);
                LabClient client = LabClient.to(old)) {
            Fill fill = new Fill(client);
            fill.old("old", "old_alias", 6_000);
            fill.load("old");
            Rows.Digest wanted = new Rows(client).digest("old");

            Outcome backup = desk(old).runHere("--job=backup", "collection=old", "name=from_2_2");
            Outcome restore = lab.deskB().runHere("--job=restore", "name=from_2_2", "suffix=_new", "aliases=yes");

            assertThat(backup).returns(0, Outcome::exitCode);
            assertThat(restore).returns(0, Outcome::exitCode);
            assertThat(wanted.rows()).isEqualTo(5_940);
            assertThat(lab.restored("old_new")).isEqualTo(wanted);
            assertThat(lab.describeB("old_new").getSchema()).isEqualTo(renamed(schema(client), "old_new"));
            assertThat(lab.describeB("old_alias").getCollectionID())
                    .isEqualTo(lab.describeB("old_new").getCollectionID());
        }
    }

    private static CollectionSchema schema(LabClient client) {
        return client.stub()
                .describeCollection(DescribeCollectionRequest.newBuilder()
                        .setCollectionName("old")
                        .build())
                .getSchema();
    }

    private static CollectionSchema renamed(CollectionSchema schema, String name) {
        return schema.toBuilder().setName(name).build();
    }

    private Desk desk(MilvusServer old) {
        S3Lab vault = lab.store();
        return lab.deskA(
                "milvus.port",
                String.valueOf(old.port()),
                "milvus.user",
                "",
                "milvus.password",
                "",
                "minio.storageType",
                "local",
                "minio.rootPath",
                old.rootPath(),
                "minio.backupStorageType",
                "minio",
                "minio.backupAddress",
                vault.host(),
                "minio.backupPort",
                String.valueOf(vault.port()),
                "minio.backupAccessKeyID",
                vault.accessKey(),
                "minio.backupSecretAccessKey",
                vault.secretKey(),
                "backup.gcPause.address",
                old.management());
    }
}
