package io.migrator.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.catalog.BackupSummary.Kind;
import io.migrator.catalog.BackupSummary.State;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.Samples;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.lab.FolderCopy;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the catalog reads of incremental backups, and what it says where their lists of units are not what they must be. */
class PooledReadTest {
    @TempDir
    static Path once;

    @TempDir
    Path dir;

    private ObjectStore store;
    private PooledVault pooled;
    private Catalog catalog;

    @BeforeAll
    static void fill() throws Exception {
        LocalFolders folders = new LocalFolders(once);
        folders.createBucket("vault");
        try (ObjectStore store = Stores.open(folders.storage(Side.VAULT, "vault", ""))) {
            SampleVault samples = new SampleVault(store, "");
            for (String name : List.of("mon", "tue", "whole")) {
                samples.putSample(Samples.V0_5, name);
            }
            PooledVault pooled = new PooledVault(store);
            pooled.pool("mon");
            pooled.pool("tue", "mon");
        }
    }

    @BeforeEach
    void open() {
        FolderCopy.of(once.resolve("vault"), dir.resolve("vault"));
        store = Stores.open(new LocalFolders(dir).storage(Side.VAULT, "vault", ""));
        pooled = new PooledVault(store);
        catalog = new Catalog(store, "");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void listsThemBesideOthersAndNotThePool() {
        assertThat(catalog.list()).extracting(BackupSummary::name).containsExactly("mon", "tue", "whole");
        assertThat(catalog.list()).extracting(BackupSummary::kind).containsExactly(Kind.POOL, Kind.POOL, Kind.FULL);
        assertThat(catalog.list()).extracting(BackupSummary::state).containsOnly(State.COMPLETE);
        long size = catalog.list().get(2).size();
        assertThat(catalog.list()).extracting(BackupSummary::size).containsOnly(size);
        assertThat(catalog.list())
                .extracting(backup -> backup.added().orElse(-1))
                .containsExactly(size, 0L, size);
    }

    @Test
    void thePoolIsNoBackup() {
        List<ThrowingCallable> uses = List.of(
                () -> catalog.read(PoolLayout.NAME),
                () -> catalog.requireComplete(PoolLayout.NAME),
                () -> catalog.delete(PoolLayout.NAME),
                () -> catalog.exists(PoolLayout.NAME));

        assertThat(uses).allSatisfy(use -> assertFails(use, Failure.USAGE, "incremental backups share"));
        assertThat(store.find(pooled.pool().note())).isPresent();
    }

    @Test
    void readsThemWholeAndPassesOverUnitsOfOthers() {
        for (String name : List.of("mon", "tue", "whole")) {
            assertThat(catalog.read(name).collections())
                    .isEqualTo(Samples.full(Samples.V0_5).collections());
            assertThat(check(name).findings()).isEmpty();
            assertThat(check(name).objects()).isEqualTo(check("whole").objects());
        }
        UnitRef first = pooled.refs("mon").get(0);
        Unit other = new Unit(
                first.unit().collection(),
                first.unit().partition(),
                first.unit().segment(),
                first.unit().kind(),
                "0".repeat(32),
                "0".repeat(12));
        store.write(pooled.pool().segmentDir(other) + "7", new byte[7]);
        store.write(pooled.pool().collectionDir(first.unit().collection()) + "stray", new byte[7]);

        assertThat(check("mon").findings()).isEmpty();
    }

    /** A restore that has nothing left to bring in asks so. */
    @Test
    void ofNoCollectionNoUnitIsLookedAt() {
        FileCheck none = catalog.checkFiles("tue", catalog.read("tue"), List.of());

        assertThat(none.findings()).isEmpty();
        assertThat(none.objects()).isZero();
    }

    @Test
    void tellsAStrangerInAUnitAndTheCollectionItIsOf() {
        UnitRef first = pooled.refs("mon").get(0);
        String stranger = pooled.pool().segmentDir(first.unit()) + "7";
        store.write(stranger, new byte[7]);
        String beside = pooled.pool().unitDir(first.unit()) + "8/7";
        store.write(beside, new byte[7]);

        assertThat(check("tue").findings())
                .allMatch(finding -> finding.kind() == Finding.Kind.STRANGER
                        && finding.collectionId() == first.unit().collection())
                .extracting(Finding::key)
                .containsExactlyInAnyOrder(stranger, beside);
        assertThat(check("whole").findings()).isEmpty();
    }

    @Test
    void withoutItsMetasItIsNotComplete() {
        String full = pooled.layout("tue").meta(MetaFile.FULL);
        store.delete(List.of(full));

        assertThat(catalog.lacking("tue")).isEqualTo("migrator/meta/full_meta.json is missing");
        assertFails(() -> catalog.read("tue"), Failure.NOT_FOUND, "migrator/meta/full_meta.json");
        assertThat(catalog.list().get(1).state()).isEqualTo(State.INCOMPLETE);
        assertThat(catalog.list().get(1).kind()).isEqualTo(Kind.POOL);
    }

    /** An expire would count it as good otherwise, and delete others for its sake. */
    @Test
    void withoutItsListOfUnitsItIsNotComplete() {
        store.delete(List.of(pooled.layout("tue").refs()));

        assertThat(catalog.lacking("tue")).isEqualTo("migrator/refs.txt.gz is missing");
        assertThat(catalog.lostUnits("tue")).isTrue();
        assertThat(catalog.lostUnits("mon")).isFalse();
        assertFails(() -> catalog.read("tue"), Failure.NOT_FOUND, "migrator/refs.txt.gz");
        assertThat(catalog.list().get(1).state()).isEqualTo(State.INCOMPLETE);
        assertThat(catalog.list().get(1).kind()).isEqualTo(Kind.POOL);
    }

    /** Milvus-backup would find these; they are not this backup's. */
    @Test
    void metasAtTheOtherPlaceAreNotRead() {
        store.write("tue/meta/full_meta.json", "{}".getBytes(UTF_8));

        assertThat(catalog.read("tue").collections()).isNotEmpty();
    }

    enum Refs {
        CUT,
        EMPTY,
        NO_GZIP
    }

    @ParameterizedTest
    @EnumSource
    void refsThatCannotBeReadAreDamageByName(Refs how) {
        String key = pooled.layout("tue").refs();
        byte[] whole = store.read(key, 1 << 20);
        switch (how) {
            case CUT -> store.write(key, Arrays.copyOf(whole, whole.length / 2));
            case EMPTY -> store.write(key, new byte[0]);
            case NO_GZIP -> store.write(key, "units".getBytes(UTF_8));
        }

        BackupInfo backup = catalog.read("tue");
        assertThat(backup.collections()).isNotEmpty();
        assertFails(() -> check("tue"), Failure.CORRUPT, key);
        assertThat(check("mon").findings()).isEmpty();
    }

    @Test
    void refsThatSayOtherThanTheMetasAreDamage() {
        List<UnitRef> refs = pooled.refs("tue");
        UnitRef lost = refs.get(1);
        UnitRef wrong = refs.get(2);
        Unit unused = new Unit(wrong.unit().collection(), 1, 1, Unit.Kind.INSERT, "0".repeat(32), "0".repeat(12));
        List<UnitRef> other = new ArrayList<>(refs);
        other.remove(lost);
        other.set(other.indexOf(wrong), new UnitRef(wrong.unit(), wrong.objects() + 1, wrong.bytes()));
        other.add(new UnitRef(unused, 1, 1));
        pooled.writeRefs("tue", other);

        List<Finding> findings = check("tue").findings().stream()
                .filter(finding ->
                        finding.key().equals(pooled.layout("mon").refs().replace("mon", "tue")))
                .toList();

        assertThat(findings).hasSize(3).allMatch(finding -> finding.kind() == Finding.Kind.METAS_DISAGREE);
        assertThat(findings)
                .extracting(Finding::detail)
                .anyMatch(detail -> detail.contains("segment " + lost.unit().segment()))
                .anyMatch(detail -> detail.contains(wrong.unit().path()))
                .anyMatch(detail -> detail.contains(unused.path()));
    }

    @Test
    void aListThatNamesTwoStatesOfASegmentIsDamaged() {
        List<UnitRef> refs = new ArrayList<>(pooled.refs("tue"));
        Unit first = refs.get(0).unit();
        refs.add(new UnitRef(
                new Unit(
                        first.collection(),
                        first.partition(),
                        first.segment(),
                        first.kind(),
                        "0".repeat(32),
                        first.run()),
                1,
                1));
        pooled.writeRefs("tue", refs);

        assertFails(() -> check("tue"), Failure.CORRUPT, "tue/migrator/refs.txt.gz");
    }

    @Test
    void aPoolOfANewerFormatIsNotRead() {
        store.write(pooled.pool().note(), "{\"format\":2,\"version\":\"9.1\"}".getBytes(UTF_8));

        assertFails(() -> catalog.read("tue"), Failure.UNSUPPORTED, "9.1");
        assertFails(() -> catalog.requireComplete("tue"), Failure.UNSUPPORTED, "9.1");
        assertThat(catalog.read("whole").collections()).isNotEmpty();

        store.write(pooled.pool().note(), "{".getBytes(UTF_8));
        assertFails(() -> catalog.read("tue"), Failure.CORRUPT, pooled.pool().note());
    }

    private FileCheck check(String name) {
        BackupInfo backup = catalog.read(name);
        return catalog.checkFiles(
                name,
                backup,
                backup.collections().stream().map(CollectionInfo::collectionId).toList());
    }

    private static void assertFails(ThrowingCallable call, Failure failure, String says) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .as(fault.getMessage())
                        .isEqualTo(failure))
                .hasMessageContaining(says);
    }

    /** The layout of a backup that is not there, or not of the pool, is that of an ordinary one. */
    @Test
    void othersHaveTheOrdinaryLayout() {
        VaultLayout whole = catalog.layout("whole");
        VaultLayout none = catalog.layout("none");

        assertThat(whole.isPooled()).isFalse();
        assertThat(whole.meta(MetaFile.FULL)).isEqualTo("whole/meta/full_meta.json");
        assertThat(none.isPooled()).isFalse();
        assertThat(catalog.layout("tue").isPooled()).isTrue();
    }
}
