package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.ServerRows;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.S3Lab;
import io.migrator.lab.StoreLab;
import io.migrator.store.ObjectStore;
import io.migrator.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Milvus on an S3 server, its vault in a store of another kind: there and back again. */
final class VaultKindsIT {
    @TempDir
    private static Path dir;

    private static S3Lab s3;
    private static MilvusServer milvus;
    private static LabClient client;

    @BeforeAll
    static void start() throws IOException {
        s3 = S3Lab.start(Files.createDirectory(dir.resolve("s3")));
        s3.createBucket("bucket-a");
        milvus = MilvusServer.start(dir.resolve("milvus"), s3, "bucket-a");
        client = LabClient.to(milvus);
        new Fill(client).old("m", "m_alias", 1000);
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        if (milvus != null) {
            milvus.close();
        }
        if (s3 != null) {
            s3.close();
        }
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

    private static void migrate(StoreLab lab) {
        lab.createBucket("vault");
        String kind = lab.kind().replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
        StorageConfig files = s3.storage(Side.MILVUS, "bucket-a", "files");
        Desk desk = Desk.at(dir.resolve("desk-" + kind), settings(files, lab.storage(Side.VAULT, "vault", "backup")));
        try (ObjectStore store = Stores.open(files)) {
            RowDigest wanted = new ServerRows(client, store).digest("m");
            assertThat(wanted.rows()).isPositive();
            Outcome backup = desk.run("--job=backup", "collection=m", "name=" + kind);
            assertThat(backup).as(backup.errors()).returns(0, Outcome::exitCode);
            assertThat(backup.output() + backup.errors()).doesNotContain("PRIVATE KEY");
            Outcome restore = desk.run("--job=restore", "name=" + kind, "suffix=_" + kind);
            assertThat(restore).as(restore.errors()).returns(0, Outcome::exitCode);
            assertThat(new ServerRows(client, store).digest("m_" + kind)).isEqualTo(wanted);
            assertThat(desk.run("delete", "-n", kind)).returns(0, Outcome::exitCode);
        }
        try (ObjectStore vault = Stores.open(lab.storage(Side.VAULT, "vault", "backup"))) {
            assertThat(vault.list("")).as("deleted").isEmpty();
        }
    }

    private static Map<String, String> settings(StorageConfig files, StorageConfig vault) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("milvus.port", String.valueOf(milvus.port()));
        settings.put("backup.gcPause.address", milvus.management());
        settings.put("minio.address", files.address());
        settings.put("minio.port", String.valueOf(files.port()));
        settings.put("minio.accessKeyID", files.accessKeyId().reveal());
        settings.put("minio.secretAccessKey", files.secretAccessKey().reveal());
        settings.put("minio.bucketName", files.bucketName());
        settings.put("minio.backupStorageType", vault.type().name().toLowerCase(Locale.ROOT));
        settings.put("minio.backupAddress", vault.address());
        settings.put("minio.backupPort", String.valueOf(vault.port()));
        settings.put("minio.backupAccessKeyID", vault.accessKeyId().reveal());
        settings.put("minio.backupSecretAccessKey", vault.secretAccessKey().reveal());
        settings.put("minio.backupGcpCredentialJSON", vault.gcpCredentialJson().reveal());
        settings.put("minio.backupBucketName", vault.bucketName());
        settings.put("minio.backupRootPath", vault.rootPath().isEmpty() ? vault.bucketName() : vault.rootPath());
        return settings;
    }
}
