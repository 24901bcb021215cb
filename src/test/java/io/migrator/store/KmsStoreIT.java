package io.migrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.Encryption;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.MinioServer;
import io.migrator.store.connect.Stores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real MinIO that encrypts by a key: what it tells of objects stays the same from one answer to the next, and is believed right. */
final class KmsStoreIT {
    @TempDir
    private static Path dir;

    private static MinioServer lab;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(MinioServer.available(), MinioServer::unavailableBecause);
        lab = MinioServer.startWithKmsKey(dir, "vault-key");
        lab.createBucket("bucket");
        lab.createBucket("encrypting");
        lab.configureBucket(
                "encrypting",
                "encryption",
                "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms"
                        + "</SSEAlgorithm><KMSMasterKeyID>vault-key</KMSMasterKeyID></ApplyServerSideEncryptionByDefault>"
                        + "</Rule></ServerSideEncryptionConfiguration>");
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    private static ObjectStore open(String bucket, Encryption encryption) {
        return Stores.open(
                Configs.withEncryption(Configs.withThreshold(lab.storage(Side.VAULT, bucket, ""), 5), encryption));
    }

    @ParameterizedTest
    @CsvSource({"AES256, ''", "aws:kms, vault-key"})
    void tellsTheSameOfAnObjectEverywhere(String algorithm, String keyId) throws IOException {
        try (ObjectStore store = open("bucket", new Encryption(algorithm, keyId, false));
                ObjectStore plain = open("bucket", Encryption.NONE)) {
            byte[] content = ObjectStoreContract.random(6 << 20);
            for (ObjectStore source : List.of(plain, store)) {
                StoredObject small = source.write("source", new byte[] {1, 2, 3});
                StoredObject large = source.write("large-source", new ByteArrayInputStream(content), content.length);
                for (StoredObject written : List.of(
                        store.write("whole", new byte[] {1}),
                        store.write("parts", new ByteArrayInputStream(new byte[9 << 20]), 9 << 20),
                        store.copyFrom(store.config(), small, "copied").join(),
                        store.copyFrom(store.config(), large, "copied-parts").join())) {
                    assertThat(store.find(written.key()).orElseThrow().etag())
                            .as(written.key())
                            .isEqualTo(written.etag());
                    assertThat(store.list(written.key())
                                    .findFirst()
                                    .orElseThrow()
                                    .etag())
                            .as(written.key())
                            .isEqualTo(written.etag());
                }
                assertThat(store.read("copied-parts", content.length)).isEqualTo(content);
            }
            StoredObject lease = store.write("lease", new byte[] {1});
            assertThat(store.writeIfMatch("lease", new byte[] {2}, lease.etag()))
                    .hasValueSatisfying(next ->
                            assertThat(store.find("lease").orElseThrow().etag()).isEqualTo(next.etag()));
            assertThat(store.writeIfMatch("lease", new byte[] {3}, lease.etag()))
                    .isEmpty();
        }
    }

    /** Where the bucket encrypts by itself a write need not say so, and what is told is no MD5 all the same. */
    @Test
    void takesNoTagForAnMd5WhereTheBucketEncrypts() throws IOException {
        try (ObjectStore store = open("encrypting", Encryption.NONE)) {
            ToldChecksums.requireTrue(store);
        }
    }

    @Test
    void refusesAKeyThatIsNotThere() {
        try (ObjectStore store = open("bucket", new Encryption("aws:kms", "no-such-key", false))) {
            assertThatThrownBy(() -> store.write("a", new byte[1]))
                    .satisfies(Faults.are(Failure.USAGE))
                    .hasMessageContaining("minio.backupSseKmsKeyId");
        }
    }
}
