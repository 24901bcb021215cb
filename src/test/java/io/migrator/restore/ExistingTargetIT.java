package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.IndexModel;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.milvus.ImportOrder;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.connect.Milvus;
import io.migrator.report.RunReport;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.KeyValuePair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows brought into a collection that is there ({@code create=no}) are found by their keys, or none is brought. */
class ExistingTargetIT {
    private static final KeyValuePair TTL = Pairs.pair("collection.ttl.seconds", "5");
    private static final KeyValuePair TTL_FIELD = Pairs.pair("ttl_field", "expires");

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

    /** Milvus looks for a key in the partition that its hash modulo their number says. */
    @Test
    void refusesAnotherNumberOfPartitionsOfAPartitionKey() {
        try (FakePair pair = pair("partition-key")) {
            CollectionModel from =
                    pair.source().filling().collection("default", byTitle("keyed"), more -> more.setNumPartitions(16));
            SegmentWriter writer = new SegmentWriter(from.schema());
            pair.source().filling().segment(from, "_default_3", Kind.PLAIN, writer.rows(SegmentRows.of(50, 0, 7)));
            assertThat(pair.backUp("collection=keyed", "name=k").failure()).isNull();
            CollectionModel into =
                    pair.target().filling().collection("default", byTitle("keyed"), more -> more.setNumPartitions(64));
            pair.target().filling().collection("default", byTitle("same"), more -> more.setNumPartitions(16));

            RunOutcome preview = pair.preview("name=k", "create=no");
            RunOutcome refused = pair.restore("name=k", "create=no");
            RunOutcome some = pair.restore("name=k", "create=no", "partition=_default_3", "rename=keyed:same");

            assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.CONFLICT);
            assertThat(refused.message()).contains("16 partitions in the backup, 64 now", "partition key");
            assertThat(preview.failure()).as(preview.message()).isEqualTo(Failure.CONFLICT);
            assertThat(into.segments()).isEmpty();
            assertThat(some.failure()).as(some.message()).isNull();
        }
    }

    /** Also where the rest of its index is the same. */
    @Test
    void refusesAnIndexOfAnotherMetricUnlessItIsToStay() {
        try (FakePair pair = pair("metric")) {
            CollectionModel coll = pair.target().filling().collection("default", TypedSchemas.small("coll"));
            index(pair, coll, "COSINE");

            RunOutcome preview = pair.preview("name=b", "create=no");
            RunOutcome refused = pair.restore("name=b", "create=no");

            assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.CONFLICT);
            assertThat(refused.message()).contains("metric of 'v': L2 in the backup, COSINE now");
            assertThat(preview.failure()).as(preview.message()).isEqualTo(Failure.CONFLICT);
            assertThat(coll.segments()).isEmpty();
            RunOutcome kept = pair.restore("name=b", "create=no", "index=none");
            assertThat(kept.failure()).as(kept.message()).isNull();
        }
    }

    /** Milvus takes such deletes for whatever is there: also for rows of others that have the keys. */
    @ParameterizedTest
    @CsvSource({"p1, 100", "other, 0"})
    void doesNotCallRowsProvenThatDeletesOfLevelZeroMayHaveHit(String partition, long firstRow) {
        try (FakePair pair = pair("level0-" + partition)) {
            RestoreVersionsIT.addDeletes(pair, "coll");
            assertThat(pair.backUp("collection=coll", "name=d").failure()).isNull();
            CollectionModel coll = pair.target().filling().collection("default", TypedSchemas.small("coll"));
            SegmentWriter writer = new SegmentWriter(coll.schema());
            pair.target().filling().segment(coll, partition, Kind.PLAIN, writer.rows(SegmentRows.of(50, firstRow, 9)));

            RunOutcome added = pair.restore("name=d", "create=no", "index=none", "append=yes");

            assertThat(pair.targetRows("default", "coll").rows())
                    .as("rows of others are gone")
                    .isLessThan(50 + pair.sourceRows("coll").rows());
            assertThat(added.failure()).as(added.message()).isEqualTo(Failure.PARTIAL);
            assertThat(String.valueOf(added.report().facts().get(RunReport.UNPROVEN)))
                    .contains("deletes of L0 segments", "partition " + partition);
        }
    }

    /** Rows are as old as they were at the source: the collection would lose them before they are counted. */
    @Test
    void rowsGoByTheirAgeOnlyOnceTheyAreProven() {
        try (FakePair pair = pair("expiry")) {
            CollectionModel source = pair.source()
                    .filling()
                    .collection("default", TypedSchemas.small("short"), more -> more.addProperties(TTL));
            SegmentWriter writer = new SegmentWriter(source.schema());
            pair.source().filling().segment(source, "_default", Kind.PLAIN, writer.rows(SegmentRows.of(50, 0, 9)));
            assertThat(pair.backUp("collection=short", "name=t").failure()).isNull();
            pair.target().filling().collection("default", TypedSchemas.small("coll"), more -> more.addProperties(TTL));

            RunOutcome created = pair.restore("name=t");
            RunOutcome added = pair.restore("name=b", "create=no", "index=none");

            assertThat(created.failure()).as(created.message()).isNull();
            assertThat(pair.targetCollection("default", "short").properties()).contains(TTL);
            assertThat(added.failure()).as(added.message()).isEqualTo(Failure.PARTIAL);
            assertThat(String.valueOf(added.report().facts().get(RunReport.UNPROVEN)))
                    .contains("collection.ttl.seconds=5");
        }
    }

    /** Of 2.6: a field that says until when each row stays. */
    @Test
    void rowsGoByAFieldOfTheirsOnlyOnceTheyAreProven() {
        try (FakePair pair = pair("expiry-field")) {
            CollectionModel source = pair.source()
                    .filling()
                    .collection("default", TypedSchemas.small("until"), more -> more.addProperties(TTL_FIELD));
            SegmentWriter writer = new SegmentWriter(source.schema());
            pair.source().filling().segment(source, "_default", Kind.PLAIN, writer.rows(SegmentRows.of(50, 0, 9)));
            assertThat(pair.backUp("collection=until", "name=f").failure()).isNull();
            pair.target()
                    .filling()
                    .collection("default", TypedSchemas.small("coll"), more -> more.addProperties(TTL_FIELD));

            RunOutcome created = pair.restore("name=f");
            RunOutcome added = pair.restore("name=b", "create=no", "index=none");

            assertThat(created.failure()).as(created.message()).isNull();
            assertThat(pair.targetCollection("default", "until").properties()).contains(TTL_FIELD);
            assertThat(added.failure()).as(added.message()).isEqualTo(Failure.PARTIAL);
            assertThat(String.valueOf(added.report().facts().get(RunReport.UNPROVEN)))
                    .contains("ttl_field=expires");
        }
    }

    /** No call tells common.entityExpiration: dropping and restoring again helps only once it is unset. */
    @Test
    void rowsThatTheServerLetsGoAreMissingAndItsSettingIsNamed() {
        try (FakePair pair = pair("expiry-server")) {
            pair.target().model().entityExpiration(5);

            RunOutcome gone = pair.restore("name=b");

            assertThat(gone.failure()).as(gone.message()).isEqualTo(Failure.CORRUPT);
            assertThat(gone.message()).contains("common.entityExpiration");
            pair.target().model().entityExpiration(0);
            assertThat(pair.restore("name=b", "drop-existing-collection=yes").failure())
                    .isNull();
            assertThat(pair.targetRows("default", "coll")).isEqualTo(pair.sourceRows("coll"));
        }
    }

    /** It may be one of this very restore, run from elsewhere; its rows are not counted yet. */
    @Test
    void bringsNothingInWhileAnImportOfOthersIsAtWork() {
        try (FakePair pair = pair("at-work", ImportSettings.FAST.every(Duration.ofHours(1)));
                MilvusTarget others = Milvus.target(pair.target().config())) {
            CollectionModel from = pair.sourceCollection("coll");
            pair.target().filling().collection("default", TypedSchemas.small("coll"));
            String dir = "vault/b/binlogs/insert_log/%d/%d/"
                    .formatted(from.id(), from.partition("p1").orElseThrow().id());
            others.createPartition("default", "coll", "p1");
            long job = others.submitImport(
                    new ImportOrder("default", "coll", "p1", List.of(new Dirs(dir, "")), false, 0, 0, ""));

            for (String append : List.of("no", "yes")) {
                String[] words = {"name=b", "create=no", "index=none", "append=" + append};
                for (RunOutcome outcome : List.of(pair.preview(words), pair.restore(words))) {
                    assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CONFLICT);
                    assertThat(outcome.message()).contains("import job " + job + " is at work");
                }
            }
            assertThat(pair.importCalls()).hasSize(1);
        }
    }

    private static CollectionSchema byTitle(String name) {
        CollectionSchema small = TypedSchemas.small(name);
        return small.toBuilder()
                .setFields(1, small.getFields(1).toBuilder().setIsPartitionKey(true))
                .build();
    }

    private static void index(FakePair pair, CollectionModel collection, String metric) {
        collection.add(new IndexModel(
                pair.target().model().ids().next(),
                "v_idx",
                "v",
                List.of(Pairs.pair("index_type", "FLAT"), Pairs.pair("metric_type", metric))));
    }

    private static FakePair pair(String name) {
        return pair(name, ImportSettings.FAST);
    }

    private static FakePair pair(String name, ImportSettings imports) {
        FakePair pair = new FakePair(store, workDir, name, "2.6.11", "2.6.11", imports);
        RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
        index(pair, pair.sourceCollection("coll"), "L2");
        assertThat(pair.backUp("collection=coll", "name=b").failure()).isNull();
        return pair;
    }
}
