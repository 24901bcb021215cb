package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.Encryption;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.lab.LyingS3;
import io.migrator.lab.PlainS3;
import io.migrator.lab.S3Lab;
import io.migrator.lab.S3StandIn;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.CopyResult.Outcome;
import io.migrator.transfer.Transfer;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Buckets whose policy refuses every write that does not say how the object is to be encrypted. */
final class EncryptedWritesTest {
    private static final String ARN = "arn:aws:kms:eu-west-1:111122223333:key/abc";
    private static final Encryption KMS = new Encryption("aws:kms", ARN, true);
    private static final Map<String, String> BY_KMS = Map.of(
            "x-amz-server-side-encryption", "aws:kms",
            "x-amz-server-side-encryption-aws-kms-key-id", ARN,
            "x-amz-server-side-encryption-bucket-key-enabled", "true");
    private static final Encryption OWN = new Encryption("AES256", "", false);
    private static final Map<String, String> BY_S3 = Map.of("x-amz-server-side-encryption", "AES256");
    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    private static ObjectStore open(S3Lab lab, Encryption encryption) {
        return Stores.open(Configs.withEncryption(lab.storage(Side.VAULT, "vault", ""), encryption));
    }

    @Test
    void everyWriteInOneRequestSaysIt() {
        try (LyingS3 server = new LyingS3(Set.of())) {
            for (Encryption encryption : List.of(OWN, KMS)) {
                server.demand(encryption.byKms() ? BY_KMS : BY_S3);
                try (ObjectStore store = open(server, encryption)) {
                    writesAll(store, encryption.algorithm().replace(':', '-'));
                }
            }
        }
    }

    private static void writesAll(ObjectStore store, String dir) {
        StoredObject written = store.write(dir + "/whole", CONTENT);
        store.write(dir + "/stream", new ByteArrayInputStream(CONTENT), CONTENT.length);
        store.write(dir + "/unknown", new ByteArrayInputStream(CONTENT), -1);
        assertThat(store.writeIfAbsent(dir + "/absent", CONTENT)).isTrue();
        assertThat(store.writeIfMatch(dir + "/whole", new byte[3], written.etag()))
                .isPresent();
        StoredObject source = store.find(dir + "/stream").orElseThrow();
        for (Transfer way : List.of(Transfer.SERVER, Transfer.STREAM)) {
            StoredObject copied = copy(store, store, source, dir + "/" + way, way);
            assertThat(store.find(copied.key()).orElseThrow().etag()).isEqualTo(copied.etag());
            if (copied.checksum() != null) {
                assertThat(copied.checksum()).isEqualTo(ContentDigest.of(CONTENT, Checksum.MD5));
            }
        }
        assertThat(store.list(dir + "/")).hasSize(6);
    }

    private static StoredObject copy(
            ObjectStore source, ObjectStore target, StoredObject object, String key, Transfer way) {
        List<CopyResult> results =
                CopyEngine.between(source, target, way, 2).copy(List.of(new CopyRequest(object, key)), () -> false);
        assertThat(results).extracting(CopyResult::outcome).containsExactly(Outcome.COPIED);
        return results.get(0).target();
    }

    @Test
    void everyWriteInPartsSaysItOnceAtItsBeginning() {
        try (S3StandIn server = new S3StandIn(20 << 20)) {
            server.demand(BY_KMS);
            try (ObjectStore store = open(server, KMS)) {
                store.write("parts", new ByteArrayInputStream(new byte[20 << 20]), 20 << 20);
                StoredObject large = new StoredObject("large", 1L << 30, "e1");
                store.copyFrom(store.config(), large, "copy").join();
            }
            assertThat(server.uploadsCompleted()).isEqualTo(2);
            assertThat(server.writes()).hasSize(4 + 16);
        }
    }

    @Test
    void namesTheKeyWhereAPolicyDemandsIt() {
        try (LyingS3 server = new LyingS3(Set.of())) {
            server.demand(BY_S3);
            try (ObjectStore store = open(server, Encryption.NONE)) {
                assertThatThrownBy(() -> store.write("a", CONTENT))
                        .satisfies(Faults.are(Failure.DENIED))
                        .hasMessageContaining("minio.backupSse");
            }
            server.demand(BY_KMS);
            try (ObjectStore store = open(server, new Encryption("aws:kms", "", false))) {
                assertThatThrownBy(() -> store.write("a", CONTENT))
                        .satisfies(Faults.are(Failure.DENIED))
                        .hasMessageContaining("kms:GenerateDataKey and kms:Decrypt");
            }
        }
    }

    /** What is to be encrypted and is not would look just like it. */
    @Test
    void refusesAServerThatPassesItOver() {
        try (S3StandIn server = new S3StandIn(7);
                ObjectStore store = open(server, OWN)) {
            assertThatThrownBy(() -> store.write("a", CONTENT))
                    .satisfies(Faults.are(Failure.UNSUPPORTED))
                    .hasMessageContaining("does not say that it encrypted it by AES256")
                    .hasMessageContaining("minio.backupSse");
        }
    }

    /** What others may write at the same moment is not even begun: what came there could be another's when it is taken back. */
    @Test
    void writesNothingOfOthersWhereAServerPassesItOver() {
        try (PlainS3 server = new PlainS3();
                ObjectStore store = open(server, OWN)) {
            assertThatThrownBy(() -> store.writeIfAbsent("lease", CONTENT))
                    .satisfies(Faults.are(Failure.UNSUPPORTED))
                    .hasMessageContaining("does not say that it encrypted it by AES256");
            assertThatThrownBy(() -> store.writeIfMatch("lease", CONTENT, "ours"))
                    .satisfies(Faults.are(Failure.UNSUPPORTED));

            assertThat(server.asked()).containsExactly("HEAD", "PUT", "DELETE", "PUT", "DELETE");
            assertThat(server.written()).hasSize(2).allSatisfy(path -> assertThat(path)
                    .contains("/.migrator-check-"));
        }
    }
}
