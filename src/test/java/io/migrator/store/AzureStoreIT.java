package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.FreePorts;
import io.migrator.lab.StoreLab;
import io.migrator.store.azure.AzureStores;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.Transfer;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AzureStoreIT extends ObjectStoreContract {
    @TempDir
    private static Path dir;

    @Override
    StoreLab server() {
        Assumptions.assumeTrue(AzuriteServer.available(), AzuriteServer::unavailableBecause);
        return AzuriteServer.start(dir);
    }

    private AzuriteServer azurite() {
        return (AzuriteServer) lab();
    }

    @Test
    void tellsContentByTheSameTagAsS3() {
        String md5OfAbc = "900150983cd24fb0d6963f7d28e17f72";
        assertThat(store().write("a", "abc".getBytes(UTF_8)).etag()).isEqualTo(md5OfAbc);
        assertThat(store().list("")).extracting(StoredObject::etag).containsExactly(md5OfAbc);
        byte[] large = random(20 << 20);
        StoredObject written = store().write("b", new ByteArrayInputStream(large), -1);
        assertThat(store().find("b")).contains(written);
        assertThat(StoredObject.lastingEtag(written.etag())).hasSize(32);
    }

    @Test
    void namesTheKeyOfAMissingContainer() {
        try (ObjectStore missing = Stores.open(lab().storage(Side.MILVUS, "no-such-container", ""))) {
            assertThatThrownBy(missing::requireReachable)
                    .hasMessageContaining("container 'no-such-container' does not exist on 127.0.0.1:")
                    .hasMessageContaining("Set minio.bucketName")
                    .hasMessageContaining("request id");
        }
    }

    @Test
    void namesTheKeyOfWrongCredentials() {
        StorageConfig config = store().config();
        String guessed = Base64.getEncoder().encodeToString("guessed-wrong".getBytes(UTF_8));
        try (ObjectStore wrong =
                Stores.open(Configs.withKeys(config, config.accessKeyId().reveal(), guessed))) {
            assertThatThrownBy(wrong::requireReachable)
                    .satisfies(Faults.are(Failure.DENIED))
                    .hasMessageContaining("minio.backupSecretAccessKey")
                    .hasMessageNotContaining(guessed);
        }
        assertThatThrownBy(() -> Stores.open(Configs.withKeys(config, "accounta", "not Base64!")))
                .satisfies(Faults.are(Failure.USAGE))
                .hasMessageContaining("minio.backupSecretAccessKey")
                .hasMessageNotContaining("not Base64!");
        try (ObjectStore wrong = Stores.open(Configs.withToken(config, "sv=2021-08-06&sig=guessed"))) {
            assertThatThrownBy(wrong::requireReachable)
                    .satisfies(Faults.are(Failure.DENIED))
                    .hasMessageContaining("minio.backupToken")
                    .hasMessageNotContaining("guessed");
        }
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

    @Test
    void worksBySharedAccessSignature() {
        StorageConfig config = store().config();
        try (ObjectStore signed =
                Stores.open(Configs.withToken(config, azurite().signature(config.bucketName())))) {
            StoredObject written = signed.write("a", "abc".getBytes(UTF_8));
            assertThat(signed.list("")).containsExactly(written);
            assertThat(signed.copyFrom(signed.config(), written, "b").join().etag())
                    .isEqualTo(written.etag());
        }
    }

    @Test
    void copiesFromAnotherAccountWithThatAccountsCredentials() {
        azurite().createBucketOfSecondAccount("other");
        try (ObjectStore other = Stores.open(azurite().storageOfSecondAccount(Side.MILVUS, "other", ""))) {
            StoredObject source = other.write("a b", "abc".getBytes(UTF_8));
            CopyEngine engine = CopyEngine.between(other, store(), Transfer.AUTO, 4);
            engine.copy(List.of(new CopyRequest(source, "copy")), () -> false);
            assertThat(engine.transfer()).isEqualTo("server-side");
            assertThat(store().read("copy", 10)).asString(UTF_8).isEqualTo("abc");
        }
    }

    @Test
    void findsUploadsThatWereNeverEnded() {
        store().write("backup/whole", "abc".getBytes(UTF_8));
        store().write("backup/empty", new byte[0]);
        azurite().sendBlock(store().config().bucketName(), "backup/left behind+");
        azurite().sendBlock(store().config().bucketName(), "other");

        assertThat(store().unfinishedUploads("backup/")).singleElement().satisfies(upload -> {
            assertThat(upload.key()).isEqualTo("backup/left behind+");
            assertThat(upload.begun()).isAfter(Instant.now().minusSeconds(60));
        });
        assertThat(store().list("")).extracting(StoredObject::key).containsExactly("backup/empty", "backup/whole");
    }

    @Test
    void streamsWhatTheServerCannotCopy() {
        // Azurite knows no Put Block From URL, which is how blobs of more than 256 MiB are copied, and here of more
        // than one.
        byte[] content = random(17 << 20);
        try (ObjectStore inBlocks = AzureStores.open(store().config(), 1 << 20)) {
            StoredObject small = inBlocks.write("small", new byte[1 << 20]);
            StoredObject large = inBlocks.write("large", new ByteArrayInputStream(content), content.length);
            CopyEngine engine = CopyEngine.between(inBlocks, inBlocks, Transfer.AUTO, 4);
            engine.copy(List.of(new CopyRequest(small, "copy/small")), () -> false);
            engine.copy(List.of(new CopyRequest(large, "copy/large")), () -> false);
            assertThat(engine.transfer()).isEqualTo("server-side");
            assertThat(inBlocks.find("copy/large"))
                    .contains(new StoredObject("copy/large", large.size(), large.etag(), large.checksum()));
        }
    }
}
