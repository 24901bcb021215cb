package io.migrator.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.migrator.catalog.BackupSummary.State;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogIT {
    private static S3Lab server;
    private static ObjectStore store;

    private String root;
    private SampleVault vault;
    private Catalog catalog;

    @BeforeAll
    static void start(@TempDir Path dir) {
        server = S3Lab.lease(dir);
        server.createBucket("vault");
        store = Stores.open(server.storage(Side.VAULT, "vault", ""));
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void ownRoot(TestInfo test) {
        root = "root/" + test.getTestMethod().orElseThrow().getName()
                + Integer.toHexString(test.getDisplayName().hashCode());
        vault = new SampleVault(store, root);
        catalog = new Catalog(store, root);
    }

    /** What list may read of a backup has a few hundred bytes, whatever the backup's size: never its full_meta.json. */
    @Test
    void listsAHundredBackupsByTheirSmallFiles() {
        byte[] head = "{\"state_code\":0,\"name\":\"b\",\"size\":7,\"milvus_version\":\"v2.3.5\"}".getBytes(UTF_8);
        byte[] unreadable = "never read".getBytes(UTF_8);
        IntStream.range(0, 100).parallel().forEach(number -> {
            VaultLayout layout = vault.layout("b" + number);
            store.write(layout.meta(MetaFile.BACKUP), head);
            store.write(layout.meta(MetaFile.FULL), unreadable);
        });

        List<BackupSummary> backups = catalog.list();

        assertThat(backups).hasSize(100).allMatch(backup -> backup.state() == State.COMPLETE && backup.size() == 7);
    }

    @Test
    void listsCompleteIncompleteAndDamagedBackupsAndNothingElse() throws Exception {
        vault.putSample(Samples.V0_4, "old");
        vault.putSample(Samples.V0_5, "recent");
        vault.putSample(Samples.V0_5, "ours");
        vault.putRunRecord("ours", Samples.full(Samples.V0_5));
        vault.putSample(Samples.V0_5, "running");
        vault.putMarker("running");
        vault.put(vault.layout("cut").dataDir() + "insert_log/1/2/3/3/0/4", "x");
        vault.putSample(Samples.V0_5, "broken");
        vault.put(vault.layout("broken").meta(MetaFile.BACKUP), "{\"name\":");
        vault.put(root + "/files/insert_log/1/2/3/0/4", "Milvus' own");
        vault.put(root + "/has space/meta/backup_meta.json", "{}");
        vault.put(root + "/_restore_ledger/old/ledger.json", "a fork of milvus-backup's");

        Map<String, BackupSummary> listed =
                catalog.list().stream().collect(Collectors.toMap(BackupSummary::name, summary -> summary));

        assertThat(listed).containsOnlyKeys("old", "recent", "ours", "running", "cut", "broken");
        assertThat(listed.get("old").madeBy()).isEqualTo("milvus-backup 0.4");
        assertThat(listed.get("old").size()).isEqualTo(67161);
        assertThat(listed.get("recent"))
                .returns(State.COMPLETE, BackupSummary::state)
                .returns("milvus-backup", BackupSummary::madeBy)
                .returns("v2.3.5-lite", BackupSummary::milvusVersion);
        assertThat(listed.get("ours"))
                .returns(State.COMPLETE, BackupSummary::state)
                .returns("migrator 0.1.0", BackupSummary::madeBy)
                .returns(SampleVault.STARTED, BackupSummary::created);
        assertThat(listed.get("ours").collections()).hasValue(2);
        assertThat(listed.get("running"))
                .returns(State.INCOMPLETE, BackupSummary::state)
                .returns("started 2026-11-23T05:06:07Z by host-a process 4711", BackupSummary::reason);
        assertThat(listed.get("cut"))
                .returns(State.INCOMPLETE, BackupSummary::state)
                .returns("meta/backup_meta.json is missing", BackupSummary::reason);
        assertThat(listed.get("broken").state()).isEqualTo(State.DAMAGED);
        assertThat(listed.get("broken").reason()).contains("broken/meta/backup_meta.json", "damaged", "byte");
    }

    @Test
    void listsAHundredBackupsInOrder() {
        List<String> names =
                IntStream.range(0, 100).mapToObj("b%03d"::formatted).toList();
        names.parallelStream().forEach(name -> {
            vault.put(vault.layout(name).meta(MetaFile.BACKUP), "{\"name\":\"" + name + "\",\"size\":7}");
            vault.put(vault.layout(name).meta(MetaFile.FULL), "{}");
        });

        assertThat(catalog.list())
                .allMatch(summary -> summary.state() == State.COMPLETE && summary.size() == 7)
                .extracting(BackupSummary::name)
                .isEqualTo(names);
    }

    @Test
    void listsNothingInAnEmptyVault() {
        assertThat(catalog.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.V0_4, Samples.V0_5})
    void readsAndChecksABackupOfMilvusBackup(String sample) throws Exception {
        vault.putSample(sample, "copied");

        BackupInfo backup = catalog.read("copied");

        assertThat(backup).isEqualTo(Samples.full(sample));
        FileCheck check = catalog.checkFiles("copied", backup, ids(backup));
        assertThat(check.findings()).isEmpty();
        assertThat(check.bytes()).isEqualTo(67161);
        assertThat(check.objects())
                .isEqualTo(vault.objects(vault.layout("copied").dataDir()).size());
        assertThat(check.etagsCompared()).isFalse();
    }

    @Test
    void rebuildsABackupWhoseFullMetaIsMissing() throws Exception {
        vault.putSample(Samples.V0_5, "b");
        store.delete(List.of(vault.layout("b").meta(MetaFile.FULL)));

        assertThat(catalog.read("b").collections())
                .isEqualTo(Samples.full(Samples.V0_5).collections());
        assertThat(catalog.list()).singleElement().returns(State.COMPLETE, BackupSummary::state);
    }

    @Test
    void refusesToRebuildWhereDeletesWouldBeLost() throws Exception {
        vault.putSample(Samples.V0_5, "b");
        store.delete(List.of(vault.layout("b").meta(MetaFile.FULL)));
        long collection = Samples.full(Samples.V0_5).collections().get(0).collectionId();
        vault.put(vault.layout("b").deltaPartitionDir(collection, -1) + "7/9", "deletes");

        MigratorException refused = refusal(() -> catalog.read("b"));

        assertThat(refused.failure()).isEqualTo(Failure.CORRUPT);
        assertThat(refused).hasMessageContaining("describes the deletes of default.pk");
    }

    @Test
    void namesKeyAndPositionOfADamagedFullMeta() throws Exception {
        vault.putSample(Samples.V0_5, "b");
        String key = vault.layout("b").meta(MetaFile.FULL);
        String good = new String(store.read(key, 1 << 20), UTF_8);
        vault.put(key, good.replaceFirst("\"data_type\":5", "\"data_type\":\"Int64\""));

        MigratorException refused = refusal(() -> catalog.read("b"));

        assertThat(refused.failure()).isEqualTo(Failure.CORRUPT);
        assertThat(refused)
                .hasMessageStartingWith("unable to read 'b': " + key
                        + " is damaged: at collection_backups[0].schema.fields[0].data_type (byte ")
                .hasMessageContaining("the four other files beside it are read in its place");

        store.delete(List.of(vault.layout("b").meta(MetaFile.SEGMENT)));
        assertThat(refusal(() -> catalog.read("b"))).hasMessageContaining("are not all there");
    }

    @Test
    void namesTheNearestBackups() throws Exception {
        vault.put(vault.layout("my_backup").meta(MetaFile.BACKUP), "{}");

        for (String written : List.of("my_backp", "MY_BACKUP")) {
            MigratorException refused = refusal(() -> catalog.read(written));
            assertThat(refused.failure()).isEqualTo(Failure.NOT_FOUND);
            assertThat(refused).hasMessageContaining("/vault/" + root + "/").hasMessageEndingWith("'my_backup'?");
        }
        assertThat(refusal(() -> catalog.delete("zzz")).failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(refusal(() -> catalog.read("a/b")).failure()).isEqualTo(Failure.USAGE);
    }

    @Test
    void refusesAnIncompleteBackupAndSaysWhoMakesIt() throws Exception {
        vault.putSample(Samples.V0_5, "b");
        vault.putMarker("b");

        MigratorException refused = refusal(() -> catalog.read("b"));

        assertThat(refused.failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(refused)
                .hasMessage("unable to read 'b': the backup is not complete (started 2026-11-23T05:06:07Z by host-a"
                        + " process 4711). Run the backup command again to finish it, or delete it.");
        assertThat(catalog.marker("b").orElseThrow().pid()).isEqualTo(4711);
        assertThat(catalog.runRecord("b")).isEmpty();
    }

    @Test
    void refusesAnUnknownFormat() {
        vault.put(vault.layout("b").meta(MetaFile.BACKUP), "{\"name\":\"b\",\"format\":\"snapshot\"}");
        vault.put(vault.layout("b").meta(MetaFile.FULL), "{\"name\":\"b\",\"format\":\"snapshot\"}");

        assertThat(refusal(() -> catalog.read("b")).failure()).isEqualTo(Failure.UNSUPPORTED);
    }

    @Test
    void keepsRawSchemas() {
        store.write(vault.layout("b").rawSchema(450), new byte[] {1, 2, 3});

        assertThat(catalog.rawSchema("b", 450)).hasValue(new byte[] {1, 2, 3});
        assertThat(catalog.rawSchema("b", 451)).isEmpty();
    }

    private static List<Long> ids(BackupInfo backup) {
        return backup.collections().stream()
                .map(collection -> collection.collectionId())
                .toList();
    }

    private static MigratorException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(MigratorException.class, call);
    }
}
