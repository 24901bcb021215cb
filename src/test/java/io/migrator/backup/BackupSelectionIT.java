package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code collection=}, {@code exclude=} and {@code partition=} take, and what is asked of Milvus for it. */
class BackupSelectionIT {
    @TempDir
    static Path workDir;

    private static S3Lab server;
    private SourceDouble source;

    @BeforeAll
    static void startServer() {
        server = S3Lab.lease(workDir);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void start() {
        source = SourceDouble.start(server, "2.4.15");
        source.collection("default", "call_1");
        source.collection("default", "call_2");
        source.collection("default", "other");
        source.collection("shop", "goods");
        source.collection("shop", "goods_old");
        source.milvus().model().createDatabase("empty", List.of());
        source.milvus().log().clear();
    }

    @AfterEach
    void stop() {
        source.close();
    }

    private List<String> backedUp(String name) {
        return source.read(name).collections().stream()
                .map(CollectionInfo::qualifiedName)
                .toList();
    }

    @Test
    void takesNamesPatternsAndWholeDatabases() {
        assertThat(source.backup("name=a", "collection=call_?,shop.*", "exclude=shop.*_old"))
                .returns(null, RunOutcome::failure);
        assertThat(source.backup("name=b", "collection=*")).returns(null, RunOutcome::failure);
        assertThat(source.backup("name=c", "collection=*.*o*")).returns(null, RunOutcome::failure);

        assertThat(backedUp("a")).containsExactly("default.call_1", "default.call_2", "shop.goods");
        assertThat(backedUp("b"))
                .containsExactlyInAnyOrder(
                        "default.call_1", "default.call_2", "default.other", "shop.goods", "shop.goods_old");
        assertThat(backedUp("c")).containsExactlyInAnyOrder("default.other", "shop.goods", "shop.goods_old");
        assertThat(source.read("b").databases())
                .extracting(DatabaseInfo::name)
                .containsExactlyInAnyOrder("default", "shop", "empty");
    }

    @Test
    void takesADatabaseWithoutItsCollectionsAndOneThatIsEmpty() {
        assertThat(source.backup("name=a", "collection=shop.")).returns(null, RunOutcome::failure);
        assertThat(source.backup("name=b", "collection=empty.*")).returns(null, RunOutcome::failure);

        BackupInfo bare = source.read("a");
        assertThat(bare.collections()).isEmpty();
        assertThat(bare.databases()).singleElement().satisfies(database -> {
            assertThat(database.name()).isEqualTo("shop");
            assertThat(database.databaseId()).isPositive();
        });
        assertThat(source.read("b").databases()).extracting("name").containsExactly("empty");
    }

    @Test
    void refusesWhatIsNotThere() {
        for (String words :
                List.of("collection=nothing_*", "collection=call_3", "collection=shp.*", "collection=shp.")) {
            RunOutcome outcome = source.backup("name=a", words);
            assertThat(outcome.failure()).as(words).isEqualTo(Failure.NOT_FOUND);
        }
        assertThat(source.backup("name=a", "collection=call_3").message()).contains("Did you mean call_1 or call_2?");
        assertThat(source.backup("name=a", "collection=shp.x").message()).contains("Did you mean shop?");
        assertThat(source.backup("name=a", "collection=other", "exclude=oth*").message())
                .contains("exclude= leaves none");
        assertThat(source.keys("a/")).isEmpty();
    }

    @Test
    void refusesWhatCanBeNoName() {
        for (String name :
                List.of("a b", "a-b", "1abc", "o'neil", "\"call_1\"", "größe", "a".repeat(256), "a b.c", ".c")) {
            RunOutcome outcome = source.backup("name=a", "collection=" + name);
            assertThat(outcome.failure()).as(name).isEqualTo(Failure.USAGE);
            assertThat(source.preview("name=a", "collection=" + name).failure()).isEqualTo(Failure.USAGE);
        }
        assertThat(source.backup("name=a", "collection=größe").message())
                .isEqualTo("unable to use collection name 'größe': Milvus takes letters (A to Z), digits and '_' only,"
                        + " and no digit first. Correct collection=.");
        assertThat(source.keys("a/")).isEmpty();
    }

    @Test
    void asksForEachThingOnce() {
        source.backup("name=a", "collection=call_1,other");

        assertThat(source.milvus().log().counts())
                .containsEntry("ShowCollections", 1)
                .containsEntry("DescribeCollection", 2)
                .containsEntry("ShowPartitions", 2)
                .containsEntry("DescribeIndex", 2)
                .containsEntry("GetLoadState", 2)
                .containsEntry("Flush", 2)
                // One for the root path; for each collection one after its flush, for the cut, and one for the plan.
                .containsEntry("GetPersistentSegmentInfo", 5)
                .containsEntry("GetVersion", 1)
                .doesNotContainKeys("ListDatabases", "Connect");
    }

    @Test
    void takesThePartitionsThatAreMeant() {
        CollectionModel parted = source.collection("default", "parted");
        source.segment(parted, "p1", 20);
        source.segment(parted, "p2", 30);
        source.segment(parted, "q", 40);

        RunOutcome outcome = source.backup("name=a", "collection=parted,oth*", "partition=p*");
        RunOutcome nobody = source.backup("name=b", "collection=parted", "partition=p1,r");

        assertThat(outcome).returns(null, RunOutcome::failure);
        CollectionInfo backedUp = source.read("a").collections().get(0);
        assertThat(backedUp.partitions()).extracting(PartitionInfo::name).containsExactly("p1", "p2");
        assertThat(backedUp.partitions())
                .flatExtracting(PartitionInfo::segments)
                .extracting("rows")
                .containsExactly(20L, 30L);
        assertThat(source.read("a").collections().get(1).partitions()).isEmpty();
        assertThat(nobody.failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(nobody.message()).contains("'r'");
    }

    @Test
    void refusesANamedCollectionThatHasNoneOfThePartitions() {
        source.segment(source.collection("default", "parted"), "p1", 20);
        String[] words = {"name=a", "collection=parted,other", "partition=p1"};

        RunOutcome refused = source.backup(words);
        RunOutcome shown = source.preview(words);
        RunOutcome restShown = source.preview("name=a", "collection=parted,other", "partition=p1", "on-error=continue");
        RunOutcome rest = source.backup("name=a", "collection=parted,other", "partition=p1", "on-error=continue");

        for (RunOutcome outcome : List.of(refused, shown)) {
            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.NOT_FOUND);
            assertThat(outcome.message()).contains("'default.other'", "no partition p1");
        }
        assertThat(restShown.failure()).isEqualTo(Failure.PARTIAL);
        assertThat(restShown.report().tables())
                .extracting(table -> table.rows().size())
                .containsExactly(1, 1);
        assertThat(rest.failure()).isEqualTo(Failure.PARTIAL);
        assertThat(backedUp("a")).containsExactly("default.parted");
        assertThat(source.catalog().runRecord("a").orElseThrow().missing())
                .singleElement()
                .satisfies(one -> assertThat(one.name()).isEqualTo("other"));
    }

    /** The database that every Milvus has, without its collections, is nothing. */
    @Test
    void refusesTheDefaultDatabaseAlone() {
        for (RunOutcome outcome : List.of(
                source.backup("name=a", "collection=default."), source.preview("name=a", "collection=default."))) {
            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.NOT_FOUND);
            assertThat(outcome.message()).contains("default.* means them");
        }
        assertThat(source.keys("")).isEmpty();
    }

    /** Whatever the collections are asked for by: a backup without the partition would be taken for one with it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"*;", "none.*;", "parted,other;", "parted,oth*; meta-only=yes", "default.*; on-error=continue"})
    void refusesAPartitionThatNoCollectionHas(String collections, @Nullable String more) {
        source.segment(source.collection("default", "parted"), "p1", 20);
        source.milvus().model().createDatabase("none", List.of());
        List<String> words = new ArrayList<>(List.of("name=a", "collection=" + collections, "partition=nosuch"));
        if (more != null) {
            words.add(more);
        }

        RunOutcome shown = source.preview(words.toArray(String[]::new));
        RunOutcome outcome = source.backup(words.toArray(String[]::new));

        assertThat(shown.failure()).as(shown.message()).isEqualTo(Failure.NOT_FOUND);
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.NOT_FOUND);
        assertThat(source.catalog().lacking("a")).isNotEmpty();
    }

    @Test
    void leavesOutRowsWhereOnlyTheSchemasAreWanted() {
        RunOutcome outcome = source.backup("name=a", "collection=call_*", "meta-only=yes");

        assertThat(outcome).returns(null, RunOutcome::failure);
        assertThat(backedUp("a")).hasSize(2);
        assertThat(source.read("a").size()).isZero();
        assertThat(source.keys("a/binlogs/")).isEmpty();
        assertThat(source.milvus().log().counts()).doesNotContainKeys("Flush", "GetPersistentSegmentInfo");
    }

    @Test
    void previewsWithoutTouchingAnything() {
        CollectionModel parted = source.collection("default", "parted");
        source.segment(parted, "p1", 20);
        source.milvus().log().clear();

        RunOutcome outcome = source.preview("name=a", "collection=parted,other");

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        RunReport report = outcome.report();
        assertThat(report.facts()).containsEntry("strategy", "serial_flush").containsEntry("objects", 12L);
        assertThat(report.tables().get(0).rows())
                .extracting(row -> row.subList(0, 5))
                .containsExactly(
                        List.of("default.parted", "2", "2", "30", "8"), List.of("default.other", "1", "1", "10", "4"));
        assertThat(source.milvus().log().counts()).doesNotContainKey("Flush");
        assertThat(source.keys("")).isEmpty();
    }
}
