package io.migrator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.migrator.catalog.PooledVault;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.lab.FolderCopy;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.restore.RepeatGround;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proofs of incremental backups: of one, and of all that share units. */
class PooledVerifyTest {
    private static final int MOST = 1 << 20;

    @TempDir
    static Path once;

    @TempDir
    Path dir;

    private ObjectStore store;
    private PooledVault pooled;
    private VerifyRuns runs;

    /** Tuesday shares all that Monday has of book, and has page besides; the ordinary one is nobody's. */
    @BeforeAll
    static void backUp() {
        try (RepeatGround ground = RepeatGround.in(once);
                ObjectStore vault = Stores.open(new LocalFolders(once).storage(Side.VAULT, "vault", ""))) {
            ground.fill("book", 0);
            ground.fill("page", 1000);
            ground.backUp("collection=book", "name=mon");
            ground.backUp("collection=book,page", "name=tue");
            ground.backUp("collection=page", "name=whole");
            PooledVault pooled = new PooledVault(vault);
            pooled.pool("mon");
            pooled.pool("tue", "mon");
        }
    }

    @BeforeEach
    void open() {
        FolderCopy.of(once.resolve("vault"), dir.resolve("vault"));
        StorageConfig vault = new LocalFolders(dir).storage(Side.VAULT, "vault", "");
        store = Stores.open(vault);
        pooled = new PooledVault(store);
        runs = new VerifyRuns(vault, dir.resolve("state"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void areWholeOneByOneAndTogether() {
        RunOutcome fast = runs.run("name=tue");
        RunOutcome deep = runs.run("name=tue", "mode=deep");
        RunOutcome all = runs.run("name=*", "mode=deep");

        assertThat(fast.failure()).as(fast.message()).isNull();
        assertThat(deep.failure()).as(deep.message()).isNull();
        assertThat(deep.report().facts()).containsEntry("objects_read", objectsOf("tue"));
        assertThat(all.failure()).as(all.message()).isNull();
        assertThat(all.report().facts())
                .containsEntry("backups_verified", 2)
                .containsEntry("units", (long) pooled.refs("tue").size())
                .containsEntry("objects_read", objectsOf("tue"))
                .containsEntry("units_without_backup", 0L)
                .containsEntry("problems", 0);
    }

    @Test
    void sharesOfThePoolAreDisjointAndTogetherAll() {
        long read = 0;
        for (int share = 1; share <= 3; share++) {
            RunOutcome part = runs.run("name=*", "mode=deep", "subset=" + share + "/3");
            assertThat(part.failure()).as(part.message()).isNull();
            read += (long) part.report().facts().get("objects_read");
        }
        assertThat(read).isEqualTo(objectsOf("tue"));
    }

    @Test
    void aDamagedSharedUnitNamesAllThatHaveItAndWhatIsStillWhole() {
        String log = logs("mon").get(0);
        byte[] content = store.read(log, MOST);
        content[content.length / 2] ^= 0x10;
        store.write(log, content);

        RunOutcome one = runs.run("name=tue", "mode=deep");
        RunOutcome all = runs.run("name=*", "mode=deep");

        assertThat(one.failure()).isEqualTo(Failure.CORRUPT);
        assertThat(VerifyRuns.damage(one))
                .extracting(damage -> damage.get("object"))
                .containsOnly(log);
        assertThat(one.report().facts()).containsEntry("restorable", List.of("default.page"));
        assertThat((Map<?, ?>) one.report().facts().get("restorable_partitions"))
                .hasSize(1);
        assertThat(all.failure()).isEqualTo(Failure.CORRUPT);
        assertThat(VerifyRuns.damage(all)).allSatisfy(damage -> assertThat(damage)
                .containsEntry("object", log)
                .containsEntry("backups", List.of("mon", "tue")));
        assertThat(all.report().facts())
                .containsEntry("damaged_backups", List.of("mon", "tue"))
                .containsEntry("whole_backups", List.of());
    }

    /** As after a copy of the vault that began with the backups and ended with the pool. */
    @Test
    void aUnitThatIsGoneIsTold() {
        Unit own = pooled.refs("tue").stream()
                .map(UnitRef::unit)
                .filter(unit ->
                        pooled.refs("mon").stream().noneMatch(ref -> ref.unit().equals(unit)))
                .findFirst()
                .orElseThrow();
        store.delete(keys(pooled.pool().unitDir(own)));

        RunOutcome all = runs.run("name=*");

        assertThat(all.failure()).isEqualTo(Failure.CORRUPT);
        assertThat(all.report().facts())
                .containsEntry("damaged_backups", List.of("tue"))
                .containsEntry("whole_backups", List.of("mon"))
                .containsEntry(
                        "damaged_units", List.of(Map.of("unit", own.path(), "gone", true, "backups", List.of("tue"))));
    }

    @Test
    void aUnitOfNobodyIsNoDamage() {
        Unit free = new Unit(1, 2, 3, Unit.Kind.INSERT, "0".repeat(32), "0".repeat(12));
        store.write(pooled.pool().segmentDir(free) + "100/7", new byte[70]);

        RunOutcome all = runs.run("name=*");

        assertThat(all.failure()).as(all.message()).isNull();
        assertThat(all.report().facts())
                .containsEntry("units_without_backup", 1L)
                .containsEntry("bytes_without_backup", 70L);
    }

    @Test
    void aDamagedDescriptionHitsItsBackupAlone() {
        String refs = pooled.layout("tue").refs();
        store.write(refs, new byte[0]);

        RunOutcome one = runs.run("name=tue");
        RunOutcome all = runs.run("name=*");

        assertThat(one.failure()).isEqualTo(Failure.CORRUPT);
        assertThat(one.message()).contains(refs, "Nothing of it can be restored");
        assertThat(all.report().facts())
                .containsEntry("damaged_backups", List.of("tue"))
                .containsEntry("whole_backups", List.of("mon"))
                .doesNotContainKey("units_without_backup");
    }

    /** It is not complete without it: nothing of it is looked at, and it is damage all the same. */
    @Test
    void aListOfUnitsThatIsGoneIsTold() {
        String refs = pooled.layout("tue").refs();
        store.delete(List.of(refs));

        RunOutcome one = runs.run("name=tue");
        RunOutcome all = runs.run("name=*");

        assertThat(one.failure()).as(one.message()).isEqualTo(Failure.NOT_FOUND);
        assertThat(one.message()).contains("migrator/refs.txt.gz is missing");
        assertThat(all.failure()).as(all.message()).isEqualTo(Failure.CORRUPT);
        assertThat(VerifyRuns.damage(all))
                .extracting(damage -> damage.get("object"))
                .containsExactly(refs);
        assertThat(all.report().facts())
                .containsEntry("damaged_backups", List.of("tue"))
                .containsEntry("whole_backups", List.of("mon"));
    }

    enum Doubt {
        MANIFEST_GONE,
        MANIFEST_CUT,
        NO_SEGMENT
    }

    /** Tuesday, which is looked at first, cannot tell that a log was replaced; Monday, which shares it, can. */
    @ParameterizedTest
    @EnumSource
    void whatTheNewestCannotProveAnOlderOneDoes(Doubt doubt) {
        VaultLayout tue = pooled.layout("tue");
        switch (doubt) {
            case MANIFEST_GONE -> store.delete(List.of(tue.objectManifest()));
            case MANIFEST_CUT -> {
                byte[] whole = store.read(tue.objectManifest(), MOST);
                store.write(tue.objectManifest(), Arrays.copyOf(whole, whole.length - 9));
            }
            case NO_SEGMENT -> store.write(tue.meta(MetaFile.FULL), withoutSegments(tue));
        }
        String log = logs("mon").get(0);
        byte[] content = store.read(log, MOST);
        content[content.length / 2] ^= 0x10;
        store.write(log, content);

        RunOutcome all = runs.run("name=*", "mode=deep");

        assertThat(all.failure()).as(all.message()).isEqualTo(Failure.CORRUPT);
        assertThat(VerifyRuns.damage(all).stream()
                        .filter(damage -> log.equals(damage.get("object")))
                        .map(damage -> damage.get("kind")))
                .contains("checksum");
        assertThat(all.report().facts()).containsEntry("damaged_backups", List.of("mon", "tue"));
    }

    private byte[] withoutSegments(VaultLayout layout) {
        try {
            JsonMapper json = new JsonMapper();
            JsonNode full = json.readTree(store.read(layout.meta(MetaFile.FULL), MOST));
            full.findParents("segment_backups")
                    .forEach(partition -> ((ObjectNode) partition).putArray("segment_backups"));
            return json.writeValueAsBytes(full);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where there is no seal, only comparing what describes the backup tells. */
    @Test
    void refsThatSayOtherThanTheMetasAreDamage() {
        store.delete(List.of(pooled.layout("tue").seal()));
        List<UnitRef> refs = pooled.refs("tue");
        pooled.writeRefs("tue", refs.subList(1, refs.size()));

        RunOutcome one = runs.run("name=tue");

        assertThat(one.failure()).isEqualTo(Failure.CORRUPT);
        assertThat(VerifyRuns.damage(one)).anySatisfy(damage -> assertThat(damage)
                .containsEntry("object", "tue/migrator/refs.txt.gz")
                .containsEntry("kind", "metas disagree"));
    }

    @Test
    void withoutAnIncrementalBackupThereIsNothingToProve() {
        store.delete(keys("mon/"));
        store.delete(keys("tue/"));

        RunOutcome all = runs.run("name=*");

        assertThat(all.failure()).isEqualTo(Failure.NOT_FOUND);
    }

    private long objectsOf(String name) {
        return pooled.refs(name).stream().mapToLong(UnitRef::objects).sum();
    }

    private List<String> logs(String name) {
        return pooled.refs(name).stream()
                .flatMap(ref -> keys(pooled.pool().unitDir(ref.unit())).stream())
                .toList();
    }

    private List<String> keys(String prefix) {
        try (Stream<StoredObject> objects = store.list(prefix)) {
            return objects.map(StoredObject::key).toList();
        }
    }
}
