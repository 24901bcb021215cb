package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.IndexModel;
import io.migrator.fake.model.Loaded;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.fake.rpc.Fault;
import io.migrator.lab.JobState;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indexes that are there already, collections that are loaded, and work of an older version, against a double of 2.6. */
class RestoreIndexAndLoadIT {
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
    void putsIndexesInThePlaceOfThoseThatAreThere() {
        try (FakePair pair = pair("replace")) {
            CollectionModel there = pair.target().filling().collection("default", TypedSchemas.small("coll"));
            pair.target().filling().partition(there, "p1");
            there.add(hnsw(pair.target().model().ids().next(), "16"));
            there.setLoaded(new Loaded(true, Set.of(), 1));
            String[] parameters = {"name=b", "create=no", "drop-existing-index=yes"};

            RunOutcome loaded = pair.restore(parameters);
            there.setLoaded(Loaded.NOT);
            RunOutcome restore = pair.restore(parameters);

            assertThat(loaded.failure()).as(loaded.message()).isEqualTo(Failure.CONFLICT);
            assertThat(loaded.message()).contains("drops no index of a loaded collection");
            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(there.indexes()).extracting(index -> index.param("M")).containsExactly("8");
            assertThat(pair.targetRows("default", "coll")).isEqualTo(pair.sourceRows("coll"));
        }
    }

    @Test
    void loadsWhatWasLoadedOrWhatItIsTold() {
        try (FakePair pair = pair("load")) {
            assertThat(pair.restore("name=b", "suffix=_1", "load=as-source").failure())
                    .isNull();
            assertThat(pair.restore("name=b", "suffix=_2", "load=yes").failure())
                    .isNull();
            pair.sourceCollection("coll").setLoaded(new Loaded(true, Set.of(), 1));
            assertThat(pair.backUp("collection=coll", "name=loaded").failure()).isNull();
            assertThat(pair.restore("name=loaded", "suffix=_3", "load=as-source")
                            .failure())
                    .isNull();
            assertThat(pair.restore("name=loaded", "suffix=_4").failure()).isNull();

            assertThat(Stream.of("coll_1", "coll_2", "coll_3", "coll_4")
                            .map(name -> pair.targetCollection("default", name)
                                    .loaded()
                                    .whole()))
                    .containsExactly(false, true, true, false);
        }
    }

    @Test
    void leavesWorkOfAnotherVersionAlone() throws IOException, SQLException {
        try (FakePair pair = pair("ledger")) {
            pair.target().faults().next("/v2/vectordb/jobs/import/create", new Fault.DropAfter());
            assertThat(pair.restore("name=b", "suffix=_bak").failure()).isEqualTo(Failure.UNREACHABLE);
            JobState.change(pair.stateDir(), "restore", "delete from run_fact where name = 'state_version'");

            int calls = pair.importCalls().size();

            RunOutcome refused = pair.restore("name=b", "suffix=_bak");

            assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.RESUME_REFUSED);
            assertThat(refused.message()).contains("another version of migrator", "state version 1");
            assertThat(pair.importCalls()).hasSize(calls);
        }
    }

    @Test
    void bringsStructuresAndTypesThatNobodyHereKnows() {
        try (FakePair pair = new FakePair(
                store,
                workDir,
                "types",
                "2.6.12",
                "2.6.12",
                ImportSettings.FAST,
                settings -> settings.extraTypes(Set.of(250)))) {
            CollectionSchema schema = TypedSchemas.of26("coll").toBuilder()
                    .addFields(FieldSchema.newBuilder().setName("future").setDataTypeValue(250))
                    .build();
            CollectionModel coll = pair.source().filling().collection("default", schema);
            pair.source()
                    .filling()
                    .segment(
                            coll,
                            "_default",
                            Kind.PLAIN,
                            new SegmentWriter(coll.schema()).rows(SegmentRows.of(20, 0, 1)));
            RunOutcome backup = pair.backUp("collection=coll", "name=b");
            assertThat(backup.failure()).as(backup.message()).isNull();

            RunOutcome restore = pair.restore("name=b", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
            CollectionSchema restored =
                    pair.targetCollection("default", "coll_bak").schema();
            assertThat(restored.getStructArrayFieldsList())
                    .isEqualTo(coll.schema().getStructArrayFieldsList());
            assertThat(restored.getFieldsList()).containsAll(coll.schema().getFieldsList());
        }
    }

    private static IndexModel hnsw(long id, String m) {
        return new IndexModel(
                id,
                "v_idx",
                "v",
                List.of(
                        Pairs.pair("index_type", "HNSW"),
                        Pairs.pair("metric_type", "L2"),
                        Pairs.pair("M", m),
                        Pairs.pair("efConstruction", "64")));
    }

    private static FakePair pair(String name) {
        FakePair pair = new FakePair(store, workDir, "il-" + name, "2.6.12", "2.6.12", ImportSettings.FAST);
        RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
        pair.sourceCollection("coll").add(hnsw(pair.source().model().ids().next(), "8"));
        assertThat(pair.backUp("collection=coll", "name=b").failure()).isNull();
        return pair;
    }
}
