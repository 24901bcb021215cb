package io.migrator.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.migrator.config.MilvusConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.IndexInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.lab.Fill;
import io.migrator.lab.Rows;
import io.migrator.milvus.ImportState.Phase;
import io.migrator.milvus.connect.Milvus;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.milvus.schema.SchemaDiff;
import io.migrator.process.LabExtension;
import io.migrator.process.MigrationLab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LabExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MilvusTargetIT {
    private static MigrationLab lab;
    private static MilvusSource source;
    private static MilvusTarget target;
    private static Rows rows;

    @BeforeAll
    static void start(MigrationLab ofThisJvm) {
        lab = ofThisJvm;
        lab.coll();
        lab.allTypes();
        lab.pk();
        MilvusConfig config = lab.a().config("root", MigrationLab.PASSWORD);
        source = Milvus.source(config);
        target = Milvus.target(config);
        rows = new Rows(lab.clientA());
    }

    @AfterAll
    static void stop() {
        if (target != null) {
            source.close();
            target.close();
        }
    }

    @Test
    void restoresRowsFromTheirFilesInPlace() {
        restore("default", "coll", "coll_bak", true);

        target.load("default", "coll");
        assertThat(rows.count("coll_bak")).isEqualTo(5994);
        assertThat(rows.digest("coll_bak")).isEqualTo(rows.digest("coll"));
        assertThat(target.rows("default", "coll_bak", "_default")).isEqualTo(2997);
        assertThat(target.rows("default", "coll_bak", "p1")).isEqualTo(2997);
    }

    @Test
    void restoresEveryTypeFromTheMetaAlone() {
        restore("default", "all_types", "all_types_bak", false);

        assertThat(rows.all("all_types_bak")).hasSize(297).isEqualTo(rows.all("all_types"));
    }

    @Test
    void restoresAPartitionKeyPartitionByPartition() {
        restore("default", "pk", "pk_bak", true);

        assertThat(rows.all("pk_bak")).hasSize(120).isEqualTo(rows.all("pk"));
    }

    @Test
    void restoresIntoAnotherDatabase() {
        target.createDatabase("db2", List.of());
        target.createDatabase("db2", List.of());
        restore("db2", "all_types", "all_types", true);

        assertThat(new Rows(lab.clientA(), "db2").all("all_types")).isEqualTo(rows.all("all_types"));
    }

    @Test
    void seesRowsThatNoCountHasYet() {
        restore("default", "coll", "coll_written", true);
        assertThat(target.hasUncountedRows("default", "coll_written"))
                .as("rows of imports")
                .isFalse();

        new Fill(lab.clientA()).unflushed("coll_written", 100_000, 10, 16);

        assertThat(target.rows("default", "coll_written", "_default"))
                .as("statistics miss growing rows")
                .isEqualTo(2997);
        assertThat(target.hasUncountedRows("default", "coll_written")).isTrue();
    }

    private static void restore(String database, String from, String to, boolean keepRaw) {
        CollectionDescription described = source.describe("default", from);
        CollectionInfo info = described.info();
        assertThat(target.find(database, to)).isEmpty();

        List<Long> ids = new ArrayList<>();
        target.createCollection(database, to, info, keepRaw ? described.raw() : null, ids::add);
        target.createCollection(database, to, info, keepRaw ? described.raw() : null, ids::add);
        assertThat(ids).hasSize(2).doesNotContain(0L);
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        List<Long> jobs = new ArrayList<>();
        for (PartitionInfo partition : info.partitions()) {
            target.createPartition(database, to, partition.name());
            jobs.add(submit(
                    database,
                    to,
                    partition.name(),
                    VaultLayout.milvusPartitionDir("files", "insert_log", info.collectionId(), partition.partitionId()),
                    VaultLayout.milvusPartitionDir(
                            "files", "delta_log", info.collectionId(), partition.partitionId())));
        }
        for (IndexInfo index : info.indexes()) {
            target.createIndex(database, to, index);
            target.createIndex(database, to, index);
        }
        jobs.forEach(job -> awaitCompleted(database, job));
        assertThat(target.imports(database, to, any -> true))
                .extracting(ImportState::jobId)
                .containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(target.imports(database, to, any -> true))
                .allSatisfy(state -> assertThat(state.files()).hasSize(2).allMatch(file -> file.endsWith("/")));
        target.setExpiry(database, to, info);
        target.load(database, to);
        assertThat(SchemaDiff.between(
                        info, target.find(database, to).orElseThrow().info()))
                .isEmpty();
    }

    private static long submit(
            String database, String collection, String partition, String insertDir, String deltaDir) {
        ImportOrder.Dirs dirs = new ImportOrder.Dirs(insertDir, deltaDir);
        return target.submitImport(new ImportOrder(database, collection, partition, List.of(dirs), false, 0, 0, ""));
    }

    private static void awaitCompleted(String database, long job) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> target.importState(database, job).phase() != Phase.RUNNING);
        ImportState state = target.importState(database, job);
        assertThat(state.reason()).isEmpty();
        assertThat(state.phase()).isEqualTo(Phase.COMPLETED);
        assertThat(state.progressPercent()).isEqualTo(100);
    }

    @Test
    void knowsNothingOfAStrangeImport() {
        assertThat(target.importState("default", 42).phase()).isEqualTo(Phase.UNKNOWN);
        assertThat(target.imports("default", "types_nobody_imported", any -> true))
                .isEmpty();
    }

    @Test
    void tellsWhyAnImportFailed() {
        CollectionDescription described = source.describe("default", "coll");
        target.createCollection(
                "default", "wrong_schema", source.describe("default", "pk").info(), null, id -> {});
        PartitionInfo partition = described.info().partitions().get(0);
        long job = submit(
                "default",
                "wrong_schema",
                "_default_0",
                VaultLayout.milvusPartitionDir(
                        "files", "insert_log", described.info().collectionId(), partition.partitionId()),
                "");

        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> target.importState("default", job).phase() == Phase.FAILED);
        assertThat(target.importState("default", job).reason()).isNotEmpty();
        assertThat(target.importState("default", job).files()).hasSize(1);
    }

    @Test
    void refusesToImportIntoNothing() {
        assertThatThrownBy(() -> submit("default", "nowhere", "_default", "files/x/", ""))
                .hasMessageContaining("default.nowhere")
                .hasMessageContaining("no such collection");
        assertThatThrownBy(() -> submit("default", "coll", "p9", "files/x/", ""))
                .hasMessageContaining("no partition 'p9'");
    }

    @Test
    void refusesAnotherCollectionOfThatName() {
        CollectionInfo pk = source.describe("default", "pk").info();

        assertThatThrownBy(() -> target.createCollection("default", "coll", pk, null, id -> {}))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.CONFLICT));
    }

    @Test
    void refusesASecondIndexOnAField() {
        IndexInfo other = new IndexInfo(
                "bv", "another", "BIN_FLAT", Map.of("index_type", "BIN_FLAT", "metric_type", "JACCARD"), 0);

        assertThatThrownBy(() -> target.createIndex("default", "pk", other))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.CONFLICT));
    }

    @Test
    void givesAnAliasOnce() {
        new Fill(lab.clientA()).indexed("named", Map.of());
        target.createAlias("default", "named", "an_alias");
        target.createAlias("default", "named", "an_alias");

        assertThat(target.find("default", "named").orElseThrow().info().aliases())
                .containsExactly("an_alias");
        assertThat(target.aliases("default")).contains("an_alias").doesNotContain("named");
        assertThat(target.aliases("no_such_database")).isEmpty();
        assertThatThrownBy(() -> target.createAlias("default", "pk", "an_alias"))
                .hasMessageContaining("it names collection 'named'");
    }

    @Test
    void buildsIndexesOfEveryFormAgain() {
        Fill fill = new Fill(lab.clientA());
        fill.indexed(
                "flat_params",
                Map.of("v", List.of("index_type", "HNSW", "metric_type", "IP", "M", "8", "efConstruction", "50")));
        fill.indexed("auto", Map.of("v", List.of("index_type", "AUTOINDEX", "metric_type", "L2"), "title", List.of()));
        fill.indexed("auto_bare", Map.of("v", List.of()));
        fill.indexed("trie", Map.of("title", List.of("index_type", "Trie"), "id", List.of("index_type", "STL_SORT")));
        for (String name : List.of("flat_params", "auto", "auto_bare", "trie")) {
            CollectionInfo info = source.describe("default", name).info();
            target.createCollection("default", name + "_bak", info, null, id -> {});
            info.indexes().forEach(index -> target.createIndex("default", name + "_bak", index));

            assertThat(SchemaDiff.between(
                            info,
                            target.find("default", name + "_bak").orElseThrow().info()))
                    .as(name)
                    .isEmpty();
        }
    }

    /** The last: the server is at work on these for twenty seconds, and imports of the others would wait. */
    @Test
    @Order(Integer.MAX_VALUE)
    void listsEveryImportWithItsFilesFromTheMomentItIsSubmitted() {
        target.createCollection(
                "default", "many_imports", source.describe("default", "coll").info(), null, id -> {});
        List<String> directories =
                IntStream.range(0, 10).mapToObj(i -> "nothing/here/" + i + "/").toList();
        List<Long> jobs = directories.stream()
                .map(directory -> submit("default", "many_imports", "_default", directory, ""))
                .toList();

        assertThat(target.imports("default", "many_imports", any -> true))
                .extracting(ImportState::jobId, ImportState::files)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10)
                        .mapToObj(i -> tuple(jobs.get(i), List.of(directories.get(i))))
                        .toList());
    }
}
