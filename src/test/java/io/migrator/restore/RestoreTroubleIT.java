package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.fake.rpc.Fault;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.milvus.shaded.io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between a restore and Milvus 2.4 and later, and that no row comes in twice for it. */
class RestoreTroubleIT {
    private static final String CREATE = "/v2/vectordb/jobs/import/create";
    private static final String PROGRESS = "/v2/vectordb/jobs/import/get_progress";

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
    void takesOverAJobWhoseAnswerWasLost() {
        try (FakePair pair = pair("lost", ImportSettings.FAST)) {
            pair.target().faults().next(CREATE, new Fault.DropAfter());

            RunOutcome broken = pair.restore("name=b", "suffix=_bak");
            RunOutcome again = pair.restore("name=b", "suffix=_bak");

            assertThat(broken.failure()).as(broken.message()).isEqualTo(Failure.UNREACHABLE);
            assertThat(again.failure()).as(again.message()).isNull();
            assertThat(pair.importCalls()).as("one job for each partition").hasSize(2);
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
        }
    }

    @Test
    void adoptsJobsThatMilvusHasForgottenWhereTheirRowsAreThere() {
        try (FakePair pair = pair("forgotten", ImportSettings.FAST.keeping(Duration.ZERO))) {
            RunOutcome restore = pair.restore("name=b", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.importCalls()).hasSize(2);
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
        }
    }

    @Test
    void waitsWhereTheServerHasAsManyJobsAsItTakes() {
        try (FakePair pair = pair("full", ImportSettings.FAST.atMost(1024, 1))) {
            RunOutcome restore = pair.restore("name=b", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
        }
    }

    @Test
    void triesAQuestionAgainThatBroke() {
        try (FakePair pair = pair("broken", ImportSettings.FAST)) {
            pair.target().faults().next(PROGRESS, new Fault.DropBefore(), new Fault.DropAfter());

            RunOutcome restore = pair.restore("name=b", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
        }
    }

    @Test
    void waitsForAServerThatStartsUp() {
        try (FakePair pair = pair("starting", ImportSettings.FAST)) {
            pair.target().faults().next(CREATE, new Fault.Refuse(Refusal.notReady()));
            pair.target().faults().next(PROGRESS, new Fault.Refuse(Refusal.notReady()));

            RunOutcome restore = pair.restore("name=b", "suffix=_bak");

            assertThat(restore.failure()).as(restore.message()).isNull();
            assertThat(pair.targetRows("default", "coll_bak")).isEqualTo(pair.sourceRows("coll"));
        }
    }

    @Test
    void goesOnWithTheOthersAndDoesTheRestLater() {
        try (FakePair pair = pair("isolated", ImportSettings.FAST)) {
            RestoreVersionsIT.fill(pair, "other", Kind.PLAIN, 1);
            RestoreVersionsIT.fill(pair, "third", Kind.PLAIN, 1);
            pair.backUp("collection=coll,other,third", "name=three");
            pair.target().filling().collection("default", TypedSchemas.swapped("other"));

            RunOutcome partial = pair.restore("name=three", "on-error=continue");

            assertThat(partial.failure()).as(partial.message()).isEqualTo(Failure.PARTIAL);
            assertThat((List<?>) partial.report().facts().get("missing"))
                    .singleElement()
                    .satisfies(missing ->
                            assertThat(((Map<?, ?>) missing).get("collection")).isEqualTo("default.other"));
            assertThat(pair.targetRows("default", "coll")).isEqualTo(pair.sourceRows("coll"));
            assertThat(pair.targetRows("default", "third")).isEqualTo(pair.sourceRows("third"));

            pair.target().model().drop(pair.targetCollection("default", "other"));
            int calls = pair.importCalls().size();
            RunOutcome rest = pair.restore("name=three", "on-error=continue");

            assertThat(rest.failure()).as(rest.message()).isNull();
            assertThat(pair.importCalls()).as("the rest only").hasSize(calls + 2);
            assertThat(pair.targetRows("default", "other")).isEqualTo(pair.sourceRows("other"));
        }
    }

    @Test
    void stopsAtTheFirstFaultWhereNotToldOtherwise() {
        try (FakePair pair = pair("stop", ImportSettings.FAST)) {
            pair.target().filling().collection("default", TypedSchemas.swapped("coll"));

            RunOutcome refused = pair.restore("name=b");

            assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.CONFLICT);
            assertThat(refused.message()).contains("collection default.coll exists in Milvus with another schema");
        }
    }

    @Test
    void endsTheRunWhereNoCollectionCouldDoBetter() {
        try (FakePair pair = pair("denied", ImportSettings.FAST)) {
            pair.target().faults().next("CreateCollection", new Fault.Break(Status.PERMISSION_DENIED));

            RunOutcome denied = pair.restore("name=b", "suffix=_bak", "on-error=continue");

            assertThat(denied.failure()).as(denied.message()).isEqualTo(Failure.DENIED);
        }
    }

    private static FakePair pair(String name, ImportSettings imports) {
        FakePair pair = new FakePair(store, workDir, name, "2.5.10", "2.6.11", imports);
        RestoreVersionsIT.fill(pair, "coll", Kind.PLAIN, 1);
        assertThat(pair.backUp("collection=coll", "name=b").failure()).isNull();
        return pair;
    }
}
