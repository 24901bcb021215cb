package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restores from one release of Milvus into another, between doubles. */
class RestoreVersionsIT {
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

    @ParameterizedTest
    @CsvSource({
        "2.2.16, 2.3.5, 2, 0",
        "2.3.5,  2.4.15, 0, 2",
        "2.4.15, 2.4.15, 0, 2",
        "2.5.10, 2.6.4, 0, 2",
        "2.6.4,  2.6.11, 0, 2",
    })
    void bringsEveryRowInOnceFromReleaseToRelease(String from, String into, int tasks, int jobs) {
        String name = "v" + (from + "-" + into).replace('.', '-');
        try (FakePair pair = new FakePair(store, workDir, name, from, into, ImportSettings.FAST)) {
            fill(pair, "coll", Kind.PLAIN, 1);

            RunOutcome backup = pair.backUp("collection=coll", "name=b");
            assertThat(backup.failure()).as(backup.message()).isNull();
            RunOutcome restore = pair.restore("name=b", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
            assertThat(pair.target().log().count("Import")).isEqualTo(tasks);
            assertThat(pair.importCalls()).hasSize(jobs);
        }
    }

    @Test
    void stagesWhatTheTargetCannotRead() {
        try (FakePair pair = new FakePair(store, workDir, "staged", "2.5.10", "2.6.11", ImportSettings.FAST)) {
            fill(pair, "coll", Kind.PLAIN, 1);
            addDeletes(pair, "coll");
            pair.backUpElsewhere("collection=coll", "name=b");

            RunOutcome restore = pair.restoreFromElsewhere("name=b", "rename=coll:db2.other");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("db2", "other")).isEqualTo(pair.sourceRows("coll"));
            assertThat(pair.target().model().store().listDirectories("migrator-staging/"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"2.4.15, 2.5.10, 3", "2.6.4, 2.6.11, 2"})
    void sendsDeletesOfLevelZeroAfterTheRows(String from, String into, int deleteJobs) {
        String name = "l0-" + into.replace('.', '-');
        try (FakePair pair = new FakePair(store, workDir, name, from, into, ImportSettings.FAST)) {
            fill(pair, "coll", Kind.PLAIN, 1);
            addDeletes(pair, "coll");
            pair.backUp("collection=coll", "name=b");

            RunOutcome restore = pair.restore("name=b", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
            List<String> bodies =
                    pair.importCalls().stream().map(Object::toString).toList();
            assertThat(bodies).hasSize(2 + deleteJobs);
            assertThat(bodies.subList(0, 2)).allMatch(body -> body.contains("\"backup\":\"true\""));
            assertThat(bodies.subList(2, bodies.size()))
                    .allMatch(body -> body.contains("\"l0_import\":\"true\"") && !body.contains("\"backup\""));
            assertThat(bodies.get(bodies.size() - 1)).doesNotContain("partitionName");
        }
    }

    @Test
    void namesTheStorageVersionOfColumnGroups() {
        try (FakePair pair = new FakePair(store, workDir, "groups", "2.6.11", "2.6.11", ImportSettings.FAST)) {
            fill(pair, "coll", Kind.COLUMN_GROUPS, 2);
            pair.backUp("collection=coll", "name=b");

            RunOutcome restore = pair.restore("name=b", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
            assertThat(pair.importCalls()).allMatch(body -> body.toString().contains("\"storage_version\":\"2\""));
        }
    }

    @ParameterizedTest
    @CsvSource({"2.6.11, 2.5.10", "2.4.15, 2.3.5", "2.2.16, 2.2.16"})
    void refusesAnOlderLineBeforeAnythingIsTouched(String from, String into) {
        String name = "old" + (from + "-" + into).replace('.', '-');
        try (FakePair pair = new FakePair(store, workDir, name, from, into, ImportSettings.FAST)) {
            fill(pair, "coll", Kind.PLAIN, 1);
            pair.backUp("collection=coll", "name=b");

            RunOutcome refused = pair.restore("name=b", "suffix=_bak");

            assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.UNSUPPORTED);
            assertThat(refused.message()).contains(into, "force-version=true");
            assertThat(pair.target().log().counts().keySet()).containsOnly("GetVersion");
        }
    }

    @Test
    void triesAnOlderLineWhereToldTo() {
        try (FakePair pair = new FakePair(store, workDir, "forced", "2.5.10", "2.4.15", ImportSettings.FAST)) {
            fill(pair, "coll", Kind.PLAIN, 1);
            pair.backUp("collection=coll", "name=b");

            RunOutcome restore = pair.restore("name=b", "suffix=_bak", "force-version=true");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
        }
    }

    @Test
    void saysWhyAForcedTargetCannotTakeDeletesOfLevelZero() {
        try (FakePair pair = new FakePair(store, workDir, "forced-l0", "2.4.15", "2.3.5", ImportSettings.FAST)) {
            fill(pair, "coll", Kind.PLAIN, 1);
            addDeletes(pair, "coll");
            pair.backUp("collection=coll", "name=b");

            RunOutcome refused = pair.restore("name=b", "suffix=_bak", "force-version=true");

            assertThat(refused.failure()).isEqualTo(Failure.UNSUPPORTED);
            assertThat(refused.message()).contains("L0 segments", "2.3.5");
        }
    }

    /** Two partitions with two segments each, one of which has deletes of its own. */
    static void fill(FakePair pair, String name, Kind kind, int storageVersion) {
        CollectionModel collection = pair.source().filling().collection("default", TypedSchemas.small(name));
        SegmentWriter writer = new SegmentWriter(collection.schema());
        int first = 0;
        for (String partition : List.of("_default", "p1")) {
            for (int deletes : new int[] {0, 3}) {
                SegmentRows rows = SegmentRows.of(50, first, 7).withStorageVersion(storageVersion);
                pair.source()
                        .filling()
                        .segment(
                                collection,
                                partition,
                                kind,
                                writer.rows(deletes == 0 ? rows : rows.withDeletes(deletes, DeltaForm.JSON)));
                first += 50;
            }
        }
    }

    /** L0 segments: two of one partition, one of all. */
    static void addDeletes(FakePair pair, String name) {
        CollectionModel collection = pair.sourceCollection(name);
        SegmentWriter writer = new SegmentWriter(collection.schema());
        long later = SegmentRows.SOME_TIME + 100_000;
        for (long row : new long[] {120, 121}) {
            pair.source()
                    .filling()
                    .segment(
                            collection,
                            "p1",
                            Kind.DELETES,
                            writer.deletes(List.of(writer.deletion(row, later)), DeltaForm.JSON));
        }
        pair.source()
                .filling()
                .deletesEverywhere(collection, writer.deletes(List.of(writer.deletion(1, later)), DeltaForm.JSON));
    }
}
