package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.FreePorts;
import io.migrator.lab.StoreLab;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GcsStoreIT extends ObjectStoreContract {
    /** More than these take the emulator minutes in memory. */
    private static final int MANY = 5000;

    @TempDir
    private static Path dir;

    @Override
    StoreLab server() {
        Assumptions.assumeTrue(FakeGcsServer.available(), FakeGcsServer::unavailableBecause);
        return LISTED > MANY ? FakeGcsServer.startOnDisk(dir) : FakeGcsServer.start(dir);
    }

    private FakeGcsServer gcs() {
        return (FakeGcsServer) lab();
    }

    @Test
    void tellsContentByTheSameTagAsS3() {
        String md5OfAbc = "900150983cd24fb0d6963f7d28e17f72";
        assertThat(store().write("a", "abc".getBytes(UTF_8)).etag()).isEqualTo(md5OfAbc);
        assertThat(store().list("")).extracting(StoredObject::etag).containsExactly(md5OfAbc);
    }

    @Test
    void namesTheKeyOfAMissingBucket() {
        try (ObjectStore missing = Stores.open(gcs().storage(Side.MILVUS, "no-such-bucket", ""))) {
            assertThatThrownBy(missing::requireReachable)
                    .hasMessageContaining("bucket 'no-such-bucket' does not exist on 127.0.0.1:")
                    .hasMessageContaining("Set minio.bucketName");
        }
    }

    @Test
    void takesTheKeyOfTheAccountFromAFile() throws IOException {
        Path file = Files.writeString(dir.resolve("key.json"), gcs().account().json());
        StorageConfig config = gcs().storage(Side.VAULT, store().config().bucketName(), "", file.toString());
        int before = gcs().account().tokensGiven();
        try (ObjectStore byFile = Stores.open(config)) {
            byFile.write("a", new byte[1]);
            assertThat(gcs().account().tokensGiven()).isEqualTo(before + 1);
        }
    }

    @Test
    void namesTheKeyOfWrongCredentials() {
        String bucket = store().config().bucketName();
        StorageConfig wrongKey =
                gcs().storage(Side.VAULT, bucket, "", gcs().account().jsonWithWrongKey());
        try (ObjectStore wrong = Stores.open(wrongKey)) {
            assertThatThrownBy(wrong::requireReachable)
                    .satisfies(Faults.are(Failure.DENIED))
                    .hasMessageContaining("minio.backupGcpCredentialJSON")
                    .hasMessageNotContaining("PRIVATE KEY");
        }
        assertThatThrownBy(() -> Stores.open(gcs().storage(Side.VAULT, bucket, "", "{\"type\":\"nonsense\"}")))
                .satisfies(Faults.are(Failure.USAGE))
                .hasMessageContaining("minio.backupGcpCredentialJSON");
        assertThatThrownBy(() -> Stores.open(gcs().storage(Side.VAULT, bucket, "", "")))
                .satisfies(Faults.are(Failure.USAGE))
                .hasMessageContaining("minio.backupGcpCredentialJSON");
    }

    @Test
    void namesTheKeyOfAnAddressWhereNothingAnswers() {
        try (ObjectStore nowhere = Stores.open(Configs.withPort(store().config(), FreePorts.one()))) {
            assertThatThrownBy(nowhere::requireReachable)
                    .satisfies(Faults.are(Failure.UNREACHABLE))
                    .hasMessageContaining("nothing answers")
                    .hasMessageContaining("minio.backupAddress");
        }
        try (ObjectStore nowhere = Stores.open(Configs.withAddress(store().config(), "no-such-host.invalid"))) {
            assertThatThrownBy(nowhere::requireReachable)
                    .satisfies(Faults.are(Failure.UNREACHABLE))
                    .hasMessageContaining("no-such-host.invalid");
        }
    }
}
