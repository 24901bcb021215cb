package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.migrator.failure.Failure;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.IndexModel;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.Rbac;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.fake.rpc.Fault;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore can be told, against a double of 2.6. */
class RestoreOptionsIT {
    @TempDir
    static Path workDir;

    private static S3Lab store;

    @BeforeAll
    static void start() {
        store = S3Lab.lease(workDir.resolve("s3"));
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void dropsWhatHasTheNameAndNeverItsOwnWork() {
        try (FakePair pair = pair("drop")) {
            CollectionModel old = pair.target().filling().collection("default", TypedSchemas.swapped("coll"));

            pair.target().faults().next("/v2/vectordb/jobs/import/create", new Fault.DropAfter());

            RunOutcome broken = pair.restore("name=b", "drop-existing-collection=yes");
            RunOutcome restore = pair.restore("name=b", "drop-existing-collection=yes");

            assertThat(broken.failure()).as(broken.message()).isEqualTo(Failure.UNREACHABLE);
            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetCollection("default", "coll").id()).isNotEqualTo(old.id());
            assertThat(pair.targetRows("default", "coll")).isEqualTo(pair.sourceRows("coll"));
            RunOutcome again = pair.restore("name=b", "drop-existing-collection=yes");
            assertThat(again.message()).contains("already complete");
            assertThat(pair.target().log().count("DropCollection")).isEqualTo(1);
        }
    }

    @Test
    void addsRowsToACollectionThatIsThere() {
        try (FakePair pair = pair("add")) {
            assertThat(pair.restore("name=b").failure()).isNull();
            RowDigest once = pair.targetRows("default", "coll");

            RunOutcome refused = pair.restore("name=b", "create=no", "suffix=_elsewhere");
            RunOutcome filled = pair.restore("name=b", "create=no");
            RunOutcome added = pair.restore("name=b", "create=no", "append=yes");

            assertThat(filled.failure()).as(filled.message()).isEqualTo(Failure.CONFLICT);
            assertThat(refused.failure()).isEqualTo(Failure.NOT_FOUND);
            assertThat(added.failure()).as(added.message()).isNull();
            assertThat(pair.targetRows("default", "coll").rows()).isEqualTo(2 * once.rows());
            assertThat((List<?>) added.report().facts().get("partitions"))
                    .extracting("rows_before", "rows_imported", "rows_in_milvus")
                    .containsOnly(tuple(97L, 97L, 194L));
        }
    }

    @Test
    void addsToRowsThatAreInMemoryOnly() {
        try (FakePair pair = pair("growing")) {
            CollectionModel coll = pair.target().filling().collection("default", TypedSchemas.small("coll"));
            pair.target()
                    .filling()
                    .growing(
                            coll,
                            "p1",
                            Kind.PLAIN,
                            0,
                            new SegmentWriter(coll.schema()).rows(SegmentRows.of(20, 1000, 3)));

            RunOutcome refused = pair.restore("name=b", "create=no");
            RunOutcome added = pair.restore("name=b", "create=no", "append=yes");

            assertThat(refused.failure())
                    .as("rows in memory are rows: " + refused.message())
                    .isEqualTo(Failure.CONFLICT);
            assertThat(added.failure()).as(added.message()).isNull();
            assertThat(pair.targetRows("default", "coll").rows())
                    .isEqualTo(20 + pair.sourceRows("coll").rows());
        }
    }

    @Test
    void refusesToAddToOtherFields() {
        try (FakePair pair = pair("other-fields")) {
            pair.target().filling().collection("default", TypedSchemas.swapped("coll"));

            RunOutcome refused = pair.restore("name=b", "create=no");

            assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.CONFLICT);
            assertThat(refused.message()).contains("its fields are not those of the backup", "title");
        }
    }

    @Test
    void restoresOnePartitionWithoutTheOthers() {
        try (FakePair pair = pair("partition")) {
            RunOutcome restore = pair.restore("name=b", "suffix=_bak", "partition=p*");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak").rows()).isEqualTo(97);
            assertThat(pair.restore("name=b", "suffix=_x", "partition=q").failure())
                    .isEqualTo(Failure.NOT_FOUND);
        }
    }

    @Test
    void restoresDefinitionsAlone() {
        try (FakePair pair = pair("meta")) {
            RunOutcome restore = pair.restore("name=b", "suffix=_bak", "meta-only=yes");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak").rows()).isZero();
            assertThat(pair.targetCollection("default", "coll_bak").partition("p1"))
                    .isPresent();
        }
    }

    @Test
    void bringsDatabasesAliasesAndLoadStateBack() {
        try (FakePair pair = pair("db")) {
            pair.source().model().createDatabase("sales", List.of(Pairs.pair("database.replica.number", "2")));
            CollectionModel orders = pair.source().filling().collection("sales", TypedSchemas.small("orders"));
            pair.source().model().requireDatabase("sales").setAlias("o", orders);
            orders.aliasNames().add("o");
            RunOutcome backup = pair.backUp("collection=sales.*", "name=s");
            assertThat(backup.failure()).as(backup.message()).isNull();

            RunOutcome restore = pair.restore("name=s", "rename=sales.*:shop.*", "aliases=yes");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.target().model().requireDatabase("shop").properties())
                    .anyMatch(property -> property.getKey().equals("database.replica.number"));
            assertThat(pair.targetCollection("shop", "orders").aliasNames()).containsExactly("o");
        }
    }

    @Test
    void addsUsersAndRolesThatAreMissing() {
        try (FakePair pair = pair("rbac")) {
            Rbac from = pair.source().model().rbac();
            Rbac into = pair.target().model().rbac();
            from.addUser("alice", "hash-a");
            from.addUser("bob", "hash-b");
            into.addUser("bob", "hash-other");
            from.roles().add("reader");
            from.user("alice").orElseThrow().roles().add("reader");
            from.user("bob").orElseThrow().roles().add("reader");
            RunOutcome backup = pair.backUp("collection=coll", "name=r", "rbac=yes");
            assertThat(backup.failure()).as(backup.message()).isNull();

            RunOutcome restore = pair.restore("name=r", "suffix=_bak", "rbac=yes");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(into.user("alice").orElseThrow().roles()).contains("reader");
            assertThat(into.user("bob").orElseThrow().roles()).contains("reader");
            assertThat(into.user("bob").orElseThrow().passwordHash()).isEqualTo("hash-other");
        }
    }

    @Test
    void saysWhatItWouldDoAndDoesNothing() {
        try (FakePair pair = pair("preview")) {
            RunOutcome preview = pair.preview("name=b", "rename=default.*:db9.*", "index=none");

            assertThat(preview.failure()).as(preview.message()).isNull();
            RunReport.Table table = preview.report().tables().get(0);
            assertThat(table.rows()).singleElement().satisfies(row -> assertThat(row)
                    .startsWith("default.coll", "db9.coll", "2", "4", "200")
                    .contains("created"));
            assertThat(preview.report().facts()).containsEntry("import_jobs", 2L);
            assertThat(pair.target().model().database("db9")).isEmpty();
            assertThat(pair.target().model().collectionCount()).isZero();
        }
    }

    @Test
    void buildsIndexesAsTheyWereOrAsAutoindex() {
        try (FakePair pair = new FakePair(store, workDir, "index", "2.6.11", "2.6.11", ImportSettings.FAST)) {
            RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
            pair.sourceCollection("coll")
                    .add(new IndexModel(
                            pair.source().model().ids().next(),
                            "v_idx",
                            "v",
                            List.of(
                                    Pairs.pair("index_type", "HNSW"),
                                    Pairs.pair("metric_type", "L2"),
                                    Pairs.pair("M", "8"),
                                    Pairs.pair("efConstruction", "64"))));
            pair.backUp("collection=coll", "name=b");

            assertThat(pair.restore("name=b", "suffix=_same").failure()).isNull();
            assertThat(pair.restore("name=b", "suffix=_auto", "index=auto").failure())
                    .isNull();
            assertThat(pair.restore("name=b", "suffix=_none", "index=none").failure())
                    .isNull();

            assertThat(types(pair, "coll_same")).containsExactly("HNSW");
            assertThat(types(pair, "coll_auto")).containsExactly("AUTOINDEX");
            assertThat(types(pair, "coll_none")).isEmpty();
        }
    }

    private static List<String> types(FakePair pair, String collection) {
        return pair.targetCollection("default", collection).indexes().stream()
                .map(index -> index.param("index_type"))
                .toList();
    }

    private static FakePair pair(String name) {
        FakePair pair = new FakePair(store, workDir, name, "2.5.10", "2.6.11", ImportSettings.FAST);
        RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
        assertThat(pair.backUp("collection=coll", "name=b").failure()).isNull();
        return pair;
    }
}
