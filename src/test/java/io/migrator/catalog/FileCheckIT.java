package io.migrator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.Finding.Kind;
import io.migrator.config.StorageConfig.Side;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.Binlog;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FieldBinlog;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class FileCheckIT {
    private static final BackupInfo BACKUP = Samples.full(Samples.V0_5);
    private static final List<Long> ALL = BACKUP.collections().stream()
            .map(collection -> collection.collectionId())
            .toList();

    private static S3Lab server;
    private static ObjectStore store;

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
    void fillVault(TestInfo test) throws Exception {
        String root = test.getTestMethod().orElseThrow().getName();
        vault = new SampleVault(store, root);
        catalog = new Catalog(store, root);
        vault.putSample(Samples.V0_5, "b");
    }

    @Test
    void findsMissingCutAndStrangeFiles() {
        VaultFile missing = file(0);
        VaultFile cut = file(1);
        store.delete(List.of(missing.key()));
        vault.put(cut.key(), "x");
        String strangeInsert = vault.layout("b").insertCollectionDir(ALL.get(0)) + "1/1/1/0/1";
        String strangeDelta = vault.layout("b").deltaCollectionDir(ALL.get(0)) + "-1/1/1";
        vault.put(strangeInsert, "x");
        vault.put(strangeDelta, "x");

        FileCheck check = catalog.checkFiles("b", BACKUP, ALL);

        assertThat(check.problems()).isEqualTo(4);
        assertThat(check.findings())
                .contains(
                        new Finding(Kind.MISSING, ALL.get(0), missing.key(), "the object is missing"),
                        new Finding(Kind.WRONG_SIZE, ALL.get(0), cut.key(), "has 1 bytes instead of " + cut.size()))
                .filteredOn(finding -> finding.kind() == Kind.STRANGER)
                .extracting(Finding::key)
                .containsExactlyInAnyOrder(strangeInsert, strangeDelta);
    }

    @Test
    void looksAtTheSelectedCollectionsOnly() {
        store.delete(List.of(file(0).key()));

        assertThat(catalog.checkFiles("b", BACKUP, List.of(ALL.get(1))).clean()).isTrue();
        assertThat(catalog.checkFiles("b", BACKUP, List.of(ALL.get(0))).problems())
                .isEqualTo(1);
    }

    @Test
    void countsEachCollectionThoughItListsAThousandFindings() {
        store.delete(List.of(file(0).key()));
        BackupInfo many = withInvented(5000);

        FileCheck check = catalog.checkFiles("b", many, ids(many));

        assertThat(check.problemsOf()).containsEntry(1L, 5001L).containsEntry(ALL.get(0), 1L);
        // One is that files of two fields are not named.
        assertThat(check.problems()).isEqualTo(5002);
        assertThat(check.findings())
                .hasSizeLessThan(1010)
                .extracting(Finding::collectionId)
                .contains(ALL.get(0));
    }

    /** The same, with a collection 1 of as many files as nobody has. */
    private static BackupInfo withInvented(int files) {
        List<Binlog> logs = LongStream.rangeClosed(1, files)
                .mapToObj(id -> new Binlog("x/" + id, 10, id))
                .toList();
        SegmentInfo segment =
                new SegmentInfo(3, 1, 2, 10, List.of(new FieldBinlog(0, logs)), List.of(), 0, 0, false, null, 0);
        CollectionInfo some = BACKUP.collections().get(0);
        CollectionInfo invented = new CollectionInfo(
                null,
                1,
                "default",
                "invented",
                some.schema(),
                1,
                0,
                List.of(),
                0,
                0,
                false,
                List.of(),
                null,
                0,
                Map.of(),
                List.of(segment),
                List.of(),
                0,
                0,
                List.of(),
                List.of(),
                List.of());
        List<CollectionInfo> all = new ArrayList<>(BACKUP.collections());
        all.add(invented);
        return new BackupInfo("id", 0, "b", all, 0, "2.3.5", null, List.of(), null);
    }

    private static List<Long> ids(BackupInfo backup) {
        return backup.collections().stream().map(CollectionInfo::collectionId).toList();
    }

    @Test
    void findsFilesThatAreNotWhatWasProved() throws Exception {
        VaultFile changed = file(0);
        VaultFile unknown = file(1);
        byte[] content = store.read(unknown.key(), 1 << 20);
        store.delete(List.of(unknown.key()));
        vault.putManifest("b");
        store.write(unknown.key(), content);
        vault.put(changed.key(), "x".repeat((int) changed.size()));

        FileCheck check = catalog.checkFiles("b", BACKUP, ALL);

        assertThat(check.etagsCompared()).isTrue();
        assertThat(check.findings())
                .extracting(Finding::kind, Finding::key)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Kind.WRONG_ETAG, changed.key()),
                        org.assertj.core.groups.Tuple.tuple(Kind.NOT_IN_MANIFEST, unknown.key()));
    }

    @Test
    void saysSoWhereTheManifestIsCut() throws Exception {
        vault.putManifest("b");
        String key = vault.layout("b").objectManifest();
        byte[] whole = store.read(key, 1 << 20);
        for (int length : new int[] {0, 5, whole.length / 2, whole.length - 30}) {
            store.write(key, Arrays.copyOf(whole, length));

            FileCheck check = catalog.checkFiles("b", BACKUP, ALL);

            assertThat(check.findings()).extracting(Finding::kind).containsExactly(Kind.MANIFEST_DAMAGED);
            assertThat(check.etagsCompared()).isFalse();
            assertThat(check.bytes()).isEqualTo(67161);
        }
    }

    @Test
    void provesABackupWithItsManifest() throws Exception {
        vault.putManifest("b");

        FileCheck check = catalog.checkFiles("b", BACKUP, ALL);

        assertThat(check.clean()).isTrue();
        assertThat(check.etagsCompared()).isTrue();
        assertThat(check.bytes()).isEqualTo(67161);
    }

    /** A file of the first collection. */
    private VaultFile file(int number) {
        return BACKUP.collections().get(0).partitions().get(0).segments().stream()
                .flatMap(segment -> vault.layout("b").files(segment))
                .toList()
                .get(number);
    }
}
