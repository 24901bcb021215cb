package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.model.CollectionModel;
import io.migrator.lab.JobState;
import io.migrator.launch.RunOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore that was run before does with what it ended with, and what a dry run of it says. */
class RestoredBeforeTest {
    @TempDir
    Path folder;

    private RepeatGround ground;

    @BeforeEach
    void start() {
        ground = RepeatGround.in(folder);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    private static void assertEnds(int exitCode, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(exitCode);
    }

    @Test
    void buildsNoOtherKindOfIndexThanWasAskedForByName() {
        ground.fill("a", 0).add(ground.index("FLAT"));
        assertEnds(0, ground.backUp("collection=a", "name=n"));
        assertEnds(0, ground.restore("name=n", "index=auto"));

        RunOutcome again = ground.restore("name=n");

        assertEnds(0, again);
        assertThat(again.message()).contains("already complete");
        assertEnds(0, ground.restore("name=n", "aliases=yes"));
        assertThat(ground.restore("name=n", "index=yes").failure())
                .as("asked for, and not what is there")
                .isEqualTo(Failure.CONFLICT);
    }

    /** From its end on a collection is its users', whatever became of the others of that run. */
    @Test
    void leavesTheCollectionsOfAPartialRunToTheirUsers() {
        CollectionModel a = ground.fill("a", 0);
        a.add(ground.index("FLAT"));
        ground.fill("b", 1000);
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        ground.empty("b");
        assertEnds(3, ground.restore("name=n", "on-error=continue"));
        CollectionModel restored = ground.targetCollection("a");
        assertThat(restored.indexes()).hasSize(1);

        restored.remove(restored.indexes().iterator().next());
        ground.addRows("a", 2);
        ground.drop("b");

        assertEnds(0, ground.restore("name=n", "on-error=continue"));
        assertThat(restored.indexes()).as("dropped by a user since").isEmpty();
        assertThat(ground.targetRows("a").rows()).isEqualTo(RepeatGround.ROWS + 2);
        assertThat(ground.targetRows("b")).isEqualTo(ground.sourceRows("b"));
    }

    /** Neither word is for what is its users' by now; once it is gone nothing is left to remember. */
    @Test
    void forgetsNoCollectionThatAPartialRunEndedWith() {
        ground.fill("a", 0);
        ground.fill("b", 1000);
        Map<String, RowDigest> both = Map.of("a", ground.sourceRows("a"), "b", ground.sourceRows("b"));
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        ground.empty("b");
        assertEnds(3, ground.restore("name=n", "on-error=continue"));
        ground.addRows("a", 2);

        for (String drop : List.of("yes", "no")) {
            String[] words = {"name=n", "resume=restart", "drop-existing-collection=" + drop, "on-error=continue"};
            RunOutcome looked = ground.preview(words);
            RunOutcome refused = ground.restoreKept(both, words);

            for (RunOutcome outcome : List.of(looked, refused)) {
                assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.RESUME_REFUSED);
                assertThat(outcome.message()).contains("default.a").doesNotContain("default.b");
            }
        }
        assertThat(ground.targetRows("a").rows()).isEqualTo(RepeatGround.ROWS + 2);
        ground.drop("a");
        assertEnds(0, ground.restoreKept(both, "name=n", "resume=restart", "drop-existing-collection=yes"));
    }

    /** Into what was there before: nobody is told to drop a collection that the restore never made. */
    @Test
    void beginsAnewWhereNothingCameIntoWhatWasThere() {
        ground.source().filling().collection("default", TypedSchemas.small("a"));
        ground.fill("b", 1000);
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        ground.empty("a");
        assertEnds(3, ground.restore("name=n", "create=no", "on-error=continue"));
        ground.target().filling().collection("default", TypedSchemas.small("b"));
        ground.target().filling().partition(ground.targetCollection("b"), "p1");

        RunOutcome anew = ground.restore("name=n", "create=no", "resume=restart");

        assertEnds(0, anew);
        assertThat(ground.targetRows("b").rows()).isEqualTo(RepeatGround.ROWS);
    }

    /** Made anew, then moved: the same command knows by its own state that rows of a backup of this name are there. */
    @Test
    void bringsNoRowsOfABackupMadeAnewFromACopyOfItsVault() {
        CollectionModel a = ground.fill("a", 0);
        assertEnds(0, ground.backUp("collection=a", "name=n"));
        ground.empty("a");
        ground.target().filling().partition(ground.targetCollection("a"), "p1");
        assertEnds(0, ground.restore("name=n", "create=no", "append=yes"));
        ground.deleteBackup("n");
        ground.source().filling().partition(a, "p2");
        assertEnds(0, ground.backUp("collection=a", "name=n"));
        ground.vault("copy");

        RunOutcome refused = ground.restore("name=n", "create=no", "append=yes");

        assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.RESUME_REFUSED);
        assertThat(ground.targetRows("a").rows()).isEqualTo(RepeatGround.ROWS);
    }

    /** The word is for what others made: not for what this very folder knows to be restored from that backup. */
    @Test
    void dropsNothingThatAnotherSelectionOfTheBackupMade() {
        ground.fill("a", 0);
        ground.fill("b", 1000);
        Map<String, RowDigest> both = Map.of("a", ground.sourceRows("a"), "b", ground.sourceRows("b"));
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        assertEnds(0, ground.restore("name=n"));
        ground.addRows("a", 2);

        for (String resume : List.of("auto", "restart")) {
            String[] words = {"name=n", "collection=a", "drop-existing-collection=yes", "resume=" + resume};
            RunOutcome looked = ground.preview(words);
            RunOutcome refused = ground.restoreKept(both, words);

            for (RunOutcome outcome : List.of(looked, refused)) {
                assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.RESUME_REFUSED);
                assertThat(outcome.message()).contains("default.a");
            }
        }
        ground.drop("a");
        ground.empty("a");
        assertEnds(0, ground.restoreKept(both, "name=n", "collection=a", "drop-existing-collection=yes"));
    }

    /** Without it nobody can tell, and this is the word for dropping what somebody made; create=no has append=yes. */
    @Test
    void dropsWhatAnybodyMadeOnceItsStateIsLostAndItIsToldTo() {
        ground.fill("a", 0);
        Map<String, RowDigest> rows = Map.of("a", ground.sourceRows("a"));
        assertEnds(0, ground.backUp("collection=a", "name=n"));
        assertEnds(0, ground.restore("name=n"));
        ground.addRows("a", 2);
        ground.loseState();

        RunOutcome untold = ground.restoreKept(rows, "name=n");
        RunOutcome told = ground.restoreKept(rows, "name=n", "drop-existing-collection=yes");

        assertThat(untold.failure()).as(untold.message()).isEqualTo(Failure.CONFLICT);
        assertEnds(0, told);
    }

    /** Without a trace in the state folder or in Milvus, and as the run would end. */
    @Test
    void saysInADryRunWhatTheRunWouldDo() {
        ground.fill("a", 0);
        ground.fill("b", 1000);
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        assertThat(ground.previewOfBackup("collection=a,b", "name=n").message()).startsWith("already complete");
        assertThat(fates(look("name=n"))).containsExactly("created", "created");
        assertEnds(0, ground.restore("name=n"));

        RunOutcome complete = look("name=n");
        ground.address("localhost");
        assertThat(look("name=n").message()).startsWith("already complete");
        ground.address("127.0.0.1");
        ground.drop("b");
        RunOutcome one = look("name=n");
        ground.empty("b");
        RunOutcome replaced = look("name=n");
        assertThat(ground.restore("name=n").failure()).isEqualTo(Failure.RESUME_REFUSED);
        ground.drop("b");
        ground.deleteBackup("n");
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        RunOutcome another = look("name=n");

        assertEnds(0, complete);
        assertThat(complete.message()).startsWith("already complete: restored default.a, default.b");
        assertEnds(0, one);
        assertThat(fates(one)).containsExactly("restored before", "created");
        assertThat(one.report().facts()).containsEntry("import_jobs", 2L);
        for (RunOutcome refused : List.of(replaced, another)) {
            assertThat(refused.failure()).as(refused.message()).isEqualTo(Failure.RESUME_REFUSED);
        }
        assertThat(ground.restore("name=n").message()).isEqualTo(another.message());
    }

    private RunOutcome look(String... parameters) {
        World before = World.of(ground.target().model());
        Map<String, String> state = state();
        RunOutcome outcome = ground.preview(parameters);
        assertThat(World.of(ground.target().model())).isEqualTo(before);
        assertThat(state()).isEqualTo(state);
        return outcome;
    }

    private Map<String, String> state() {
        return JobState.content(ground.stateFolder());
    }

    private static List<String> fates(RunOutcome outcome) {
        return outcome.report().tables().get(0).rows().stream()
                .map(row -> row.get(row.size() - 1))
                .toList();
    }
}
