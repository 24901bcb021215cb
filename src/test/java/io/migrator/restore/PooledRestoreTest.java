package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.catalog.PooledVault;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restores of incremental backups, whose units lie among those of others. */
class PooledRestoreTest {
    @TempDir
    Path dir;

    /** Two backups of which the second shares all but the segments that came since. */
    private FakePair pair(String from, String into) {
        FakePair pair = new FakePair(new LocalFolders(dir), dir, "pool", from, into, ImportSettings.FAST);
        RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
        return pair;
    }

    private static void pool(FakePair pair, String name, String... parents) {
        RunOutcome backup = pair.backUp("collection=coll", "name=" + name);
        assertThat(backup.failure()).as(backup.message()).isNull();
        try (ObjectStore vault = Stores.open(pair.vault())) {
            new PooledVault(vault).pool(name, parents);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // On 2.3 small segments of a partition go together, which the pool's directories do not allow in place.
        "2.2.16, 2.3.5,  2, 0",
        "2.4.15, 2.4.15, 0, 2",
        "2.6.4,  2.6.11, 0, 2",
    })
    void bringEveryRowInOnce(String from, String into, int tasks, int jobs) {
        try (FakePair pair = pair(from, into)) {
            pool(pair, "mon");
            pool(pair, "tue", "mon");

            RunOutcome restore = pair.restore("name=tue", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
            assertThat(pair.target().log().count("Import")).isEqualTo(tasks);
            assertThat(pair.importCalls()).hasSize(jobs);
            assertThat(pair.target().model().store().listDirectories("migrator-staging/"))
                    .isEmpty();
        }
    }

    @Test
    void importsNameUnitsAndNothingAboveThem() {
        try (FakePair pair = pair("2.6.4", "2.6.11");
                ObjectStore vault = Stores.open(pair.vault())) {
            RestoreVersionsIT.addDeletes(pair, "coll");
            pool(pair, "mon");

            RunOutcome restore = pair.restore("name=mon", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
            List<String> units = new PooledVault(vault)
                    .refs("mon").stream().map(ref -> ref.unit().path()).toList();
            assertThat(pair.importCalls())
                    .allSatisfy(call -> assertThat(paths(call)).isNotEmpty().allSatisfy(path -> assertThat(units)
                            .anyMatch(unit -> path.contains("migrator-pool/data/" + unit + "/"))));
        }
    }

    @ParameterizedTest
    @CsvSource({"2.2.16, 2.3.5", "2.5.10, 2.6.11"})
    void stageWhatTheTargetCannotRead(String from, String into) {
        try (RepeatGround ground = RepeatGround.in(dir, from, into);
                ObjectStore vault = Stores.open(new LocalFolders(dir).storage(Side.VAULT, "vault", ""))) {
            ground.fill("coll", 0);
            ground.backUp("collection=coll", "name=mon");
            new PooledVault(vault).pool("mon");

            RunOutcome restore = ground.restore("name=mon", "suffix=_bak");
            RunOutcome again = ground.restore("name=mon", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(restore.report().facts()).containsEntry("staged", true);
            assertThat(ground.targetRows("coll_bak")).isEqualTo(ground.sourceRows("coll"));
            assertThat(again.message()).contains("already complete");
        }
    }

    /** Damage that came after the listing, met while files are staged. */
    @Test
    void refuseAStagedFileOfAnotherContent() throws IOException {
        try (RepeatGround ground = RepeatGround.in(dir);
                ObjectStore vault = Stores.open(new LocalFolders(dir).storage(Side.VAULT, "vault", ""))) {
            ground.fill("coll", 0);
            ground.backUp("collection=coll", "name=mon");
            PooledVault pooled = new PooledVault(vault);
            pooled.pool("mon");
            String unit = pooled.pool().unitDir(pooled.refs("mon").get(0).unit());
            try (Stream<Path> files = Files.walk(dir.resolve("vault").resolve(unit))) {
                Path log = files.filter(Files::isRegularFile).findFirst().orElseThrow();
                byte[] content = Files.readAllBytes(log);
                content[content.length / 2] ^= 0x10;
                Files.write(log, content);
            }

            RunOutcome restore = ground.restore("name=mon", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isEqualTo(Failure.CORRUPT);
        }
    }

    /** Nothing of a restore of definitions alone asks for a unit. */
    @Test
    void definitionsComeBackWithoutTheListOfUnits() {
        try (FakePair pair = pair("2.5.10", "2.6.11");
                ObjectStore vault = Stores.open(pair.vault())) {
            pool(pair, "mon");
            String refs = new PooledVault(vault).layout("mon").refs();
            vault.write(refs, new byte[0]);

            RunOutcome whole = pair.restore("name=mon", "suffix=_bak");
            RunOutcome definitions = pair.restore("name=mon", "suffix=_bak", "meta-only=yes");

            assertThat(whole.failure()).as(whole.message()).isEqualTo(Failure.CORRUPT);
            assertThat(whole.message()).contains(refs).doesNotContain("move ");
            assertThat(definitions.failure()).as(definitions.message()).isNull();
            assertThat(definitions.report().facts().get("damage_not_needed"))
                    .asString()
                    .contains(refs);
        }
    }

    /** Both name the same units; the jobs of the first are none of the second. */
    @Test
    void twoOfThemIntoOneCollectionBringTheirRowsEach() {
        try (FakePair pair = pair("2.5.10", "2.6.11")) {
            pool(pair, "mon");
            pool(pair, "tue", "mon");
            RunOutcome first = pair.restore("name=mon", "suffix=_bak");

            RunOutcome second = pair.restore("name=tue", "suffix=_bak", "create=no", "append=yes", "index=none");

            assertThat(first.failure()).as(first.message()).isNull();
            assertThat(second.failure()).as(second.message()).isNull();
            assertThat(pair.importCalls()).hasSize(4);
            assertThat(second.report().facts().get("partitions")).asString().contains("rows_before");
        }
    }

    /** It would come in with the unit's own rows. */
    @Test
    void refuseAStrangerInAUnitAndPassOverThoseOfOthers() {
        try (FakePair pair = pair("2.5.10", "2.6.11");
                ObjectStore vault = Stores.open(pair.vault())) {
            pool(pair, "mon");
            PooledVault pooled = new PooledVault(vault);
            UnitRef first = pooled.refs("mon").get(0);
            Unit other = new Unit(
                    first.unit().collection(),
                    first.unit().partition(),
                    first.unit().segment(),
                    first.unit().kind(),
                    "0".repeat(32),
                    "0".repeat(12));
            vault.write(pooled.pool().segmentDir(other) + "7", new byte[7]);
            RunOutcome past = pair.preview("name=mon", "suffix=_a");
            String stranger = pooled.pool().segmentDir(first.unit()) + "7";
            vault.write(stranger, new byte[7]);

            RunOutcome refused = pair.restore("name=mon", "suffix=_bak");
            RunOutcome otherPartition = pair.preview(
                    "name=mon", "suffix=_bak", "collection=coll", "partition=" + otherThan(pair, first.unit()));

            assertThat(past.failure()).as(past.message()).isNull();
            assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.CORRUPT);
            assertThat(refused.message()).contains(stranger, "Nothing was changed in Milvus");
            assertThat(otherPartition.failure()).as(otherPartition.message()).isNull();
        }
    }

    private static List<String> paths(Object call) {
        try {
            List<String> paths = new ArrayList<>();
            new ObjectMapper()
                    .readTree(call.toString())
                    .path("files")
                    .forEach(pair -> pair.forEach(path -> paths.add(path.asText())));
            return paths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String otherThan(FakePair pair, Unit unit) {
        return pair.sourceCollection("coll").partitions().stream()
                .filter(partition -> partition.id() != unit.partition())
                .findFirst()
                .orElseThrow()
                .name();
    }
}
