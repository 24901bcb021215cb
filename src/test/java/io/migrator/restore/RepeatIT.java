package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.model.CollectionModel;
import io.migrator.launch.RunOutcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A restore that was completed, run again in a changed world: rows are right, or it refuses and has changed nothing. */
class RepeatIT extends RepeatCase {
    /** A partial backup of a, restored by these parameters; then completed by b. */
    private void partialThenCompleted(String... parameters) {
        ground.fill("a", 0);
        CollectionModel b = ground.fill("b", 1000);
        both = Map.of("a", ground.sourceRows("a"), "b", ground.sourceRows("b"));
        Runnable back = ground.hideFile(b);
        assertEnds(3, ground.backUp("collection=a,b", "name=n", "on-error=continue"));
        assertEnds(3, ground.restore(parameters));
        back.run();
        assertEnds(0, ground.backUp("collection=a,b", "name=n", "on-error=continue"));
    }

    @Test
    void refusesABackupThatWasCompletedSince() {
        String[] plain = {"name=n"};
        partialThenCompleted(plain);

        assertRefused(again(plain), "default.a", "collection=default.b");
        assertRefused(again("name=n", "resume=restart"), "default.a");
        assertRefused(again(plain), "default.a");

        assertEnds(0, ground.restoreKept(Map.of("b", both.get("b")), "name=n", "collection=b"));
        assertThat(ground.targetRows("a")).isEqualTo(both.get("a"));
    }

    @Test
    void bringsNoRowsTwiceIntoCollectionsThatWereThere() {
        ground.empty("a");
        ground.empty("b");
        String[] words = {"name=n", "create=no"};
        partialThenCompleted(words);

        assertRefused(again(words), "default.a", "collection=default.b");
        ground.drop("b");
        ground.empty("b");
        assertRefused(again(words), "default.a", "collection=default.b");
        assertThat(ground.targetRows("a")).isEqualTo(both.get("a"));

        assertEnds(0, ground.restoreKept(Map.of("b", both.get("b")), "name=n", "create=no", "collection=b"));
    }

    @Test
    void dropsNothingThatItMadeItself() {
        String[] words = {"name=n", "drop-existing-collection=yes"};
        partialThenCompleted(words);
        ground.addRows("a", 1);

        assertRefused(again(words), "default.a");
        assertRefused(again("name=n", "drop-existing-collection=yes", "resume=restart"), "default.a");
        assertThat(ground.targetRows("a").rows()).isEqualTo(RepeatGround.ROWS + 1);
    }

    @Test
    void makesOnlyThoseAnewThatWereDropped() {
        completed("name=n", "drop-existing-collection=yes");
        ground.addRows("a", 1);
        long id = ground.targetCollection("a").id();
        RowDigest users = ground.targetRows("a");
        ground.drop("b");

        RunOutcome outcome =
                ground.restoreKept(Map.of("a", users, "b", both.get("b")), "name=n", "drop-existing-collection=yes");

        assertEnds(0, outcome);
        assertThat(ground.targetCollection("a").id()).isEqualTo(id);
        assertThat(ground.restore("name=n").message()).contains("already complete");
    }

    @Test
    void findsItsCollectionsGoneOrReplacedWhereItMakesNone() {
        ground.empty("a");
        ground.empty("b");
        String[] words = {"name=n", "create=no"};
        completed(words);
        ground.drop("b");

        RunOutcome gone = again(words);
        ground.empty("b");
        RunOutcome replaced = again(words);

        assertThat(gone.failure()).as(gone.message()).isEqualTo(Failure.NOT_FOUND);
        assertRefused(replaced, "default.b", "collection=default.b");
        assertEnds(0, ground.restoreKept(Map.of("b", both.get("b")), "name=n", "create=no", "collection=b"));
        assertThat(ground.targetRows("a")).isEqualTo(both.get("a"));
    }

    @Test
    void leavesACollectionAloneThatTookThePlaceOfItsOwn() {
        completed("name=n");
        ground.drop("b");
        ground.empty("b");
        ground.addRows("b", 2);

        assertRefused(again("name=n"), "default.b");
        assertRefused(again("name=n", "drop-existing-collection=yes"), "default.b");
    }

    @Test
    void refusesABackupThatWasMadeAnew() {
        for (String[] words :
                new String[][] {{"name=n"}, {"name=n", "drop-existing-collection=yes"}, {"name=n", "resume=restart"}}) {
            if (both == null) {
                completed("name=n");
                ground.deleteBackup("n");
                assertThat(again("name=n").failure()).isEqualTo(Failure.NOT_FOUND);
                assertEnds(0, ground.backUp("collection=a,b", "name=n"));
            }
            assertRefused(again(words), "default.a, default.b");
        }
        ground.address("localhost");
        assertRefused(again("name=n", "drop-existing-collection=yes"), "default.a, default.b");
        ground.address("127.0.0.1");
        ground.drop("a");
        assertRefused(again("name=n"), "default.b");
        ground.drop("b");
        assertEnds(0, again("name=n"));
    }

    @Test
    void fillsAgainWhatWasEmptiedWhereItIsTold() {
        ground.empty("a");
        ground.empty("b");
        String[] words = {"name=n", "create=no"};
        completed(words);
        ground.deleteBackup("n");
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));

        assertRefused(again(words), "default.a, default.b");
        RunOutcome filled = again("name=n", "create=no", "resume=restart");

        assertThat(filled.failure()).as(filled.message()).isEqualTo(Failure.CONFLICT);
        assertRefused(again("name=n", "create=no", "append=yes"), "resume=restart");
    }

    @Test
    void aBackupIsOfItsSelection() {
        ground.fill("a", 0);
        ground.fill("b", 1000);
        assertEnds(0, ground.backUp("collection=a", "name=n"));

        assertThat(ground.backUp("collection=a,b", "name=n").failure()).isEqualTo(Failure.CONFLICT);
        ground.deleteBackup("n");
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        RunOutcome former = ground.backUp("collection=a", "name=n");

        assertThat(former.failure()).as(former.message()).isEqualTo(Failure.CONFLICT);
        assertThat(ground.backUp("collection=a,b", "name=n").message()).contains("already complete");
    }
}
