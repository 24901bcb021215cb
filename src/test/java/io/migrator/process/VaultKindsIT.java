package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.Rows;
import io.migrator.lab.StoreLab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From one real Milvus on an S3 server to another, through a vault in a store of another kind. */
@ExtendWith(LabExtension.class)
final class VaultKindsIT {
    @TempDir
    private static Path dir;

    private final MigrationLab lab;

    VaultKindsIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void azure() {
        Assumptions.assumeTrue(AzuriteServer.available(), AzuriteServer::unavailableBecause);
        try (StoreLab vault = AzuriteServer.start(dir)) {
            migrate(vault);
        }
    }

    @Test
    void google() {
        Assumptions.assumeTrue(FakeGcsServer.available(), FakeGcsServer::unavailableBecause);
        try (StoreLab vault = FakeGcsServer.start(dir)) {
            migrate(vault);
        }
    }

    @Test
    void folder() {
        migrate(new LocalFolders(dir));
    }

    private void migrate(StoreLab store) {
        Rows.Digest wanted = lab.coll();
        store.createBucket("vault");
        StorageConfig vault = store.storage(Side.VAULT, "vault", "backup");
        String name = store.kind().replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
        Desk there = lab.deskB(settings(vault));

        Outcome backup = lab.deskA(settings(vault)).runHere("--job=backup", "collection=coll", "name=" + name);
        Outcome restore = there.runHere("--job=restore", "name=" + name, "suffix=_" + name);

        assertThat(backup).returns(0, Outcome::exitCode);
        assertThat(backup.output() + backup.errors()).doesNotContain("PRIVATE KEY");
        assertThat(backup.output()).contains("objects go through this process");
        assertThat(restore).returns(0, Outcome::exitCode);
        assertThat(restore.output()).contains("objects go through this process");
        assertThat(wanted.rows()).isPositive();
        assertThat(lab.restored("coll_" + name)).isEqualTo(wanted);
        assertThat(lab.describeB("coll_" + name).getSchema())
                .isEqualTo(SecondServer.schema(lab.clientA(), "coll").toBuilder()
                        .setName("coll_" + name)
                        .build());
        assertThat(lab.bucket("bucket-b").keys("migrator-staging/" + name)).isEmpty();
        assertThat(there.runHere("delete", "-n", name)).returns(0, Outcome::exitCode);
        try (ObjectStore left = Stores.open(vault)) {
            assertThat(left.list("")).as("deleted").isEmpty();
        }
    }

    private static String[] settings(StorageConfig vault) {
        return new String[] {
            "minio.backupStorageType", vault.type().name().toLowerCase(Locale.ROOT),
            "minio.backupAddress", vault.address(),
            "minio.backupPort", String.valueOf(vault.port()),
            "minio.backupAccessKeyID", vault.accessKeyId().reveal(),
            "minio.backupSecretAccessKey", vault.secretAccessKey().reveal(),
            "minio.backupGcpCredentialJSON", vault.gcpCredentialJson().reveal(),
            "minio.backupBucketName", vault.bucketName(),
            "minio.backupRootPath", vault.rootPath().isEmpty() ? vault.bucketName() : vault.rootPath()
        };
    }
}
