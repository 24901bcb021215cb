package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.MilvusConfig;
import io.migrator.failure.Failure;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.IndexModel;
import io.migrator.fake.model.Loaded;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.FreePorts;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore refuses before it has touched the target, since it could only fail at its end. */
class RestoreRefusalIT {
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
    void aLoadWithoutTheIndexThatItNeeds() {
        try (FakePair pair = pair("load")) {
            RunOutcome bare = pair.restore("name=b", "suffix=_1", "load=yes");
            CollectionModel coll = pair.sourceCollection("coll");
            coll.add(index(pair.source().model().ids().next()));
            coll.setLoaded(new Loaded(true, Set.of(), 1));
            assertThat(pair.backUp("collection=coll", "name=loaded").failure()).isNull();

            RunOutcome refused = pair.restore("name=loaded", "suffix=_1", "load=as-source", "index=none");

            assertThat(bare.failure()).as(bare.message()).isEqualTo(Failure.USAGE);
            assertThat(bare.message()).contains("vector field 'v' would have no index (the backup has none)");
            assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.USAGE);
            assertThat(refused.message()).contains("(index=none)", "load=as-source");
            requireUntouched(pair);
            assertThat(pair.restore("name=loaded", "suffix=_1", "load=as-source")
                            .failure())
                    .isNull();
            RunOutcome added =
                    pair.restore("name=b", "rename=coll:coll_1", "create=no", "append=yes", "load=yes", "index=none");
            assertThat(added.failure())
                    .as("the collection that is there has one: " + added.message())
                    .isNull();
        }
    }

    @Test
    void anAliasThatIsTaken() {
        try (FakePair pair = pair("alias")) {
            CollectionModel coll = pair.sourceCollection("coll");
            alias(coll, "a");
            RestoreVersionsIT.fill(pair, "second", Kind.PLAIN, 1);
            assertThat(pair.backUp("collection=coll,second", "name=two").failure())
                    .isNull();
            CollectionModel other = pair.target().filling().collection("default", TypedSchemas.small("other"));
            pair.target().filling().collection("db2", TypedSchemas.small("a"));
            alias(other, "a");

            RunOutcome another = pair.restore("name=two", "suffix=_1", "aliases=yes");
            RunOutcome collection = pair.restore("name=two", "rename=default.*:db2.*", "aliases=yes");
            RunOutcome own = pair.restore("name=two", "rename=coll:db3.c,second:db3.a", "aliases=yes");

            assertConflict(another, "at the target it stands for collection 'other'");
            assertConflict(collection, "a collection has that name");
            assertConflict(own, "a collection is to have that name");
            assertThat(pair.target().model().collectionCount()).isEqualTo(2);
            assertThat(other.aliasNames()).containsExactly("a");
            other.database().removeAlias("a");
            assertThat(pair.restore("name=two", "suffix=_1", "aliases=yes").failure())
                    .isNull();
            assertThat(pair.targetCollection("default", "coll_1").aliasNames()).containsExactly("a");
        }
    }

    @Test
    void aNameThatIsAnAlias() {
        try (FakePair pair = pair("name")) {
            alias(pair.target().filling().collection("default", TypedSchemas.small("other")), "coll");

            RunOutcome created = pair.restore("name=b");
            RunOutcome added = pair.restore("name=b", "create=no");
            RunOutcome dropped = pair.restore("name=b", "rename=coll:other", "drop-existing-collection=yes");

            assertConflict(created, "default.coll is an alias of collection 'other'");
            assertConflict(added, "Name the collection itself");
            assertConflict(dropped, "Milvus drops no collection that has aliases");
            assertThat(pair.target().log().count("DropCollection")).isZero();
        }
    }

    @Test
    void namesThatMilvusNeverTakes() {
        try (FakePair pair = pair("impossible")) {
            for (String words : List.of(
                    "rename=coll:1abc",
                    "rename=coll:a-b",
                    "rename=coll:a b",
                    "rename=coll:größe",
                    "rename=coll:a.b.c",
                    "rename=coll:my-db.c",
                    "rename=default.*:1db.*",
                    "rename=default.:a b.",
                    "suffix=-new",
                    "suffix=" + "x".repeat(252))) {
                for (RunOutcome outcome : List.of(pair.restore("name=b", words), pair.preview("name=b", words))) {
                    assertThat(outcome.failure())
                            .as(words + ": " + outcome.message())
                            .isEqualTo(Failure.USAGE);
                    assertThat(outcome.message()).contains("suffix= or rename=");
                }
                assertThat(pair.restore("name=b", words, "create=no").failure())
                        .as(words)
                        .isEqualTo(Failure.USAGE);
            }
            requireUntouched(pair);
            assertThat(pair.restore("name=b", "suffix=" + "x".repeat(251)).failure())
                    .isNull();
        }
    }

    @Test
    void importsThatNobodyServes() {
        try (FakePair pair = pair("rest")) {
            MilvusConfig there = pair.target().config();
            MilvusConfig elsewhere = new MilvusConfig(
                    there.address(),
                    there.port(),
                    there.user(),
                    there.password(),
                    there.token(),
                    0,
                    "",
                    "",
                    "",
                    "",
                    "http://127.0.0.1:" + FreePorts.one());
            MilvusConfig wrong = new MilvusConfig(
                    there.address(),
                    there.port(),
                    there.user(),
                    there.password(),
                    there.token(),
                    0,
                    "",
                    "",
                    "",
                    "",
                    pair.target().management());

            RunOutcome unreachable = pair.restoreBy(elsewhere, "name=b");
            RunOutcome unserved = pair.restoreBy(wrong, "name=b");

            assertThat(unreachable.failure()).as(unreachable.message()).isEqualTo(Failure.UNREACHABLE);
            assertThat(unreachable.message()).contains(elsewhere.restBase(), "milvus.restEndpoint", "milvus.port");
            assertThat(unserved.failure()).as(unserved.message()).isEqualTo(Failure.UNSUPPORTED);
            assertThat(unserved.message()).contains("milvus.restEndpoint");
            requireUntouched(pair);
            RunOutcome bare = pair.restoreBy(elsewhere, "name=b", "meta-only=yes");
            assertThat(bare.failure())
                    .as("asks for no import: " + bare.message())
                    .isNull();
        }
    }

    @Test
    void inAPreviewToo() {
        try (FakePair pair = pair("preview")) {
            RestoreVersionsIT.fill(pair, "second", Kind.PLAIN, 1);
            assertThat(pair.backUp("collection=coll,second", "name=two").failure())
                    .isNull();
            pair.target().filling().collection("default", TypedSchemas.small("coll"));

            RunOutcome preview = pair.preview("name=two", "on-error=continue");

            assertThat(preview.failure()).as(preview.message()).isEqualTo(Failure.PARTIAL);
            assertThat(preview.report().facts()).containsEntry("collections", 1);
            assertThat((List<?>) preview.report().facts().get("missing"))
                    .singleElement()
                    .satisfies(missing -> assertThat(String.valueOf(((Map<?, ?>) missing).get("reason")))
                            .contains("default.coll exists in Milvus"));
        }
    }

    @Test
    void loadsBeforeAliasesAreGiven() {
        try (FakePair pair = pair("order")) {
            CollectionModel coll = pair.sourceCollection("coll");
            coll.add(index(pair.source().model().ids().next()));
            alias(coll, "a");
            assertThat(pair.backUp("collection=coll", "name=c").failure()).isNull();

            RunOutcome restore = pair.restore("name=c", "suffix=_1", "aliases=yes", "load=yes");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.target().log().of("CreateAlias").get(0).at())
                    .isAfterOrEqualTo(
                            pair.target().log().of("LoadCollection").get(0).at());
        }
    }

    private static void assertConflict(RunOutcome outcome, String why) {
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CONFLICT);
        assertThat(outcome.message()).contains(why);
    }

    private static void requireUntouched(FakePair pair) {
        assertThat(pair.target().model().collectionCount()).isZero();
        assertThat(pair.target().log().counts())
                .doesNotContainKeys("CreateCollection", "CreateDatabase", "DropCollection");
    }

    private static void alias(CollectionModel collection, String alias) {
        collection.database().setAlias(alias, collection);
    }

    private static IndexModel index(long id) {
        return new IndexModel(
                id, "v_idx", "v", List.of(Pairs.pair("index_type", "FLAT"), Pairs.pair("metric_type", "L2")));
    }

    private static FakePair pair(String name) {
        FakePair pair = new FakePair(store, workDir, "ref-" + name, "2.6.12", "2.6.12", ImportSettings.FAST);
        RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
        assertThat(pair.backUp("collection=coll", "name=b").failure()).isNull();
        return pair;
    }
}
