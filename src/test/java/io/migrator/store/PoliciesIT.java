package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.format.layout.VaultLayout;
import io.migrator.lab.MinioServer;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.Reading;
import io.migrator.retention.VaultOfBackups;
import io.migrator.retention.hold.BackupHolds;
import io.migrator.retention.hold.GuardedDeletion;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.Transfer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies of docs/policies on a real server: each lets its side do what it has to, and nothing else. */
final class PoliciesIT {
    private static final String MARKER = "backup/b/migrator/incomplete.json";

    @TempDir
    private static Path dir;

    private static MinioServer lab;
    private static ObjectStore owner;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(MinioServer.available(), MinioServer::unavailableBecause);
        lab = MinioServer.start(dir);
        lab.createBucket("bucket");
        owner = Stores.open(lab.storage(Side.VAULT, "bucket", ""));
        owner.write("files/insert_log/1", "log".getBytes(UTF_8));
        owner.write("backup/b/meta/full_meta.json", "meta".getBytes(UTF_8));
        owner.write("other/secret", "secret".getBytes(UTF_8));
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            owner.close();
            lab.close();
        }
    }

    private static ObjectStore by(Side side, String rootPath, String... policies) throws IOException {
        StringBuilder statements = new StringBuilder();
        for (String policy : policies) {
            String root = policy.startsWith("source") ? "files" : "backup";
            String text = Files.readString(Path.of("docs/policies", policy + ".json"))
                    .replace("BUCKET", "bucket")
                    .replace("ROOT", root);
            String inner = text.substring(text.indexOf('[') + 1, text.lastIndexOf(']'));
            statements.append(statements.isEmpty() ? "" : ",").append(inner);
        }
        return Stores.open(SessionKeys.under(
                lab,
                lab.storage(side, "bucket", rootPath),
                "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}"));
    }

    private static void seesNothingElse(ObjectStore store) {
        assertThatThrownBy(() -> store.list("").count()).satisfies(Faults.are(Failure.DENIED));
        assertThatThrownBy(() -> store.read("other/secret", 10)).satisfies(Faults.are(Failure.DENIED));
        assertThatThrownBy(() -> store.write("other/mine", new byte[1])).satisfies(Faults.are(Failure.DENIED));
    }

    @Test
    void sourceIsReadOnly() throws IOException {
        try (ObjectStore store = by(Side.MILVUS, "files", "source-read-only")) {
            store.requireReachable();
            assertThat(store.list("files/insert_log/")).hasSize(1);
            assertThat(store.read("files/insert_log/1", 10)).asString(UTF_8).isEqualTo("log");
            assertThat(store.find("files/gone")).isEmpty();
            assertThatThrownBy(() -> store.read("files/gone", 10)).satisfies(Faults.are(Failure.NOT_FOUND));
            assertThatThrownBy(() -> store.write("files/x", new byte[1])).satisfies(Faults.are(Failure.DENIED));
            assertThatThrownBy(() -> store.delete(List.of("files/insert_log/1")))
                    .satisfies(Faults.are(Failure.DENIED));
            seesNothingElse(store);
        }
    }

    /** Keys that only add may hold, and neither release nor delete; what they try leaves the backup as it was. */
    @Test
    void appendOnlyKeysHoldAndDeleteNothing() throws IOException {
        try (VaultOfBackups backups = new VaultOfBackups(lab.storage(Side.VAULT, "bucket", "backup"));
                ObjectStore vault = by(Side.VAULT, "backup", "vault-append-only")) {
            backups.complete("kept", Instant.now());
            BackupHolds holds = new BackupHolds(vault, line -> {});
            GuardedDeletion deletion = new GuardedDeletion(vault, line -> {});

            assertThatThrownBy(() -> deletion.delete("kept", "expire", false, GuardedDeletion.LastLook.NONE))
                    .satisfies(Faults.are(Failure.DENIED));
            holds.hold("kept", null, "audit");
            assertThatThrownBy(() -> holds.release("kept")).satisfies(Faults.are(Failure.DENIED));

            assertThat(backups.catalog().lacking("kept")).isEmpty();
            assertThat(backups.catalog().hold("kept")).isPresent();
            assertThat(backups.catalog().leased("kept")).isFalse();
        }
    }

    /** Who may not write cannot say that it reads, and reads all the same. */
    @Test
    void aReaderIsNotHeldUpByANoteThatItMayNotLeave() throws IOException {
        try (ObjectStore vault = by(Side.VAULT, "backup", "vault-reader");
                Reading reading = new Reading(
                        () -> Stores.open(vault.config()),
                        new VaultLayout("backup", "b"),
                        LeaseHolder.of("work", "restore"))) {
            reading.begin(() -> vault.find("backup/b/meta/full_meta.json").isPresent() ? "" : "gone");
            assertThat(owner.list("backup/b/migrator/readers/")).isEmpty();
        }
    }

    @Test
    void vaultIsWritten() throws IOException {
        try (ObjectStore source = by(Side.MILVUS, "files", "source-read-only");
                ObjectStore vault = by(Side.VAULT, "backup", "vault-writer", "source-read-only")) {
            vault.requireReachable();
            assertThat(vault.listDirectories("backup")).contains("b");
            assertThat(vault.writeIfAbsent("backup/w/migrator/lease.json", new byte[1]))
                    .isTrue();
            String tag =
                    vault.find("backup/w/migrator/lease.json").orElseThrow().etag();
            assertThat(vault.writeIfMatch("backup/w/migrator/lease.json", new byte[2], tag))
                    .isPresent();
            vault.write("backup/w/large", new ByteArrayInputStream(new byte[9 << 20]), 9 << 20);
            assertThat(vault.unfinishedUploads("backup/w/large")).isEmpty();
            StoredObject log = source.find("files/insert_log/1").orElseThrow();
            assertThat(CopyEngine.between(source, vault, Transfer.SERVER, 2)
                            .copy(List.of(new CopyRequest(log, "backup/w/1")), () -> false))
                    .extracting(CopyResult::outcome)
                    .containsExactly(CopyResult.Outcome.COPIED);
            vault.delete(List.of("backup/w/1", "backup/w/large", "backup/w/migrator/lease.json"));
            assertThat(vault.list("backup/w/")).isEmpty();
            seesNothingElse(vault);
        }
    }

    @Test
    void vaultIsOnlyRead() throws IOException {
        try (ObjectStore store = by(Side.VAULT, "backup", "vault-reader")) {
            store.requireReachable();
            assertThat(store.read("backup/b/meta/full_meta.json", 10))
                    .asString(UTF_8)
                    .isEqualTo("meta");
            assertThat(store.find(MARKER)).isEmpty();
            assertThatThrownBy(() -> store.write("backup/b/x", new byte[1])).satisfies(Faults.are(Failure.DENIED));
            seesNothingElse(store);
        }
    }

    @Test
    void backupsAreAddedAndNotDeleted() throws IOException {
        try (ObjectStore store = by(Side.VAULT, "backup", "vault-append-only")) {
            store.requireReachable();
            store.write("backup/a/binlogs/1", new byte[1]);
            store.write("backup/a/migrator/incomplete.json", new byte[1]);
            assertThatThrownBy(() -> store.delete(List.of("backup/a/binlogs/1")))
                    .satisfies(Faults.are(Failure.DENIED));
            assertThatCode(() -> store.delete(List.of(
                            "backup/a/migrator/incomplete.json",
                            "backup/a/migrator/lease.json",
                            "backup/a/migrator/lease.json.probe",
                            "backup/.migrator-check-1")))
                    .doesNotThrowAnyException();
            assertThat(store.list("backup/a/").map(StoredObject::key)).containsExactly("backup/a/binlogs/1");
            seesNothingElse(store);
        }
    }
}
