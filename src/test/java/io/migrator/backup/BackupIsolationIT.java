package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.rpc.Fault;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.own.RunRecord;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.store.StoredObject;
import io.milvus.grpc.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection that fails, and what becomes of the others. */
@SuppressWarnings("deprecation") // the old codes are part of the answer
class BackupIsolationIT {
    private static final int COLLECTIONS = 6;

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
        for (int i = 0; i < COLLECTIONS; i++) {
            source.collection("default", "c" + i);
        }
    }

    @AfterEach
    void stop() {
        source.close();
    }

    private RunOutcome backup(String onError) {
        return source.backup("name=a", "collection=c*", "on-error=" + onError);
    }

    private void requirePartial(RunOutcome outcome, int missing, String reason) {
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.PARTIAL);
        assertThat(outcome.report().facts()).containsKey("missing");
        RunRecord record = source.catalog().runRecord("a").orElseThrow();
        assertThat(record.missing()).hasSize(missing).allSatisfy(one -> assertThat(one.reason())
                .contains(reason));
        assertThat(source.catalog().marker("a")).isEmpty();
        assertThat(source.read("a").collections()).hasSize(COLLECTIONS - missing);
    }

    private void requireWhole(RunOutcome outcome) {
        assertThat(outcome.failure()).as(outcome.message()).isNull();
        assertThat(source.catalog().runRecord("a").orElseThrow().missing()).isEmpty();
        var backup = source.read("a");
        assertThat(backup.collections()).hasSize(COLLECTIONS);
        List<Long> ids =
                backup.collections().stream().map(CollectionInfo::collectionId).toList();
        assertThat(source.catalog().checkFiles("a", backup, ids).findings()).isEmpty();
    }

    @Test
    void goesOnWithoutACollectionThatCannotBeFlushedAndDoesTheRestLater() {
        source.milvus().faults().next("Flush", new Fault.Refuse(Refusal.unexpected("no channel")));

        requirePartial(backup("continue"), 1, "no channel");
        source.milvus().log().clear();
        RunOutcome rest = backup("continue");

        requireWhole(rest);
        assertThat(source.milvus().log().counts()).containsEntry("Flush", 1).containsEntry("DescribeCollection", 1);
        assertThat(rest.report().facts()).containsEntry("objects_copied", 4L);
        assertThat(backup("continue").message()).contains("already complete");
    }

    @Test
    void endsWithTheFirstFaultUnlessToldOtherwise() {
        source.milvus().faults().next("Flush", new Fault.Refuse(Refusal.unexpected("no channel")));

        RunOutcome outcome = backup("stop");

        assertThat(outcome.failure()).isEqualTo(Failure.SERVER_FAILED);
        assertThat(source.catalog().marker("a")).isPresent();
        requireWhole(backup("stop"));
    }

    @Test
    void goesOnWithoutACollectionWhoseFilesAreNotThere() {
        CollectionModel broken = source.milvus()
                .model()
                .database("default")
                .orElseThrow()
                .find("c3")
                .orElseThrow();
        try (var objects = source.bucket().list("files/insert_log/" + broken.id() + "/")) {
            source.bucket().delete(objects.map(StoredObject::key).toList());
        }

        requirePartial(backup("continue"), 1, "no binlog of segment");
        assertThat(backup("stop").failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(source.catalog().marker("a")).as("taken up again").isPresent();
        requirePartial(backup("continue"), 1, "no binlog of segment");
    }

    @Test
    void goesOnWithoutACollectionThatWasDroppedMeanwhile() {
        source.milvus().faults().next("DescribeIndex", new Fault.Refuse(Refusal.unexpected("no index")));
        requirePartial(backup("continue"), 1, "no index");
        String missing =
                source.catalog().runRecord("a").orElseThrow().missing().get(0).name();
        source.milvus()
                .model()
                .drop(source.milvus()
                        .model()
                        .database("default")
                        .orElseThrow()
                        .find(missing)
                        .orElseThrow());

        requirePartial(backup("continue"), 1, "dropped since the backup began");
        assertThat(backup("stop").failure()).isEqualTo(Failure.NOT_FOUND);
    }

    @Test
    void writesNothingWhereNothingIsLeft() {
        source.milvus()
                .faults()
                .next(
                        "Flush",
                        new Fault.Refuse(Refusal.unexpected("one")),
                        new Fault.Refuse(Refusal.unexpected("two")));

        RunOutcome outcome = source.backup("name=b", "collection=c1,c2", "on-error=continue");

        assertThat(outcome.failure()).isEqualTo(Failure.SERVER_FAILED);
        assertThat(outcome.message()).contains("2 of 2 collections are missing");
        assertThat(source.keys("b/meta/")).isEmpty();
        assertThat(source.catalog().marker("b")).isPresent();
    }

    @Test
    void takesALostConnectionForAFaultOfAll() {
        source.milvus().close();

        assertThat(backup("continue").failure()).isEqualTo(Failure.UNREACHABLE);
    }

    @Test
    void triesAgainWhereNodesAreMissingAfterARestart() {
        source.milvus()
                .faults()
                .next("Flush", new Fault.Refuse(new Refusal(901, ErrorCode.UnexpectedError, "node not found[node=7]")));

        requireWhole(backup("stop"));
    }
}
