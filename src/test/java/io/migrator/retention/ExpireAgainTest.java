package io.migrator.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.format.meta.MetaFile;
import io.migrator.launch.RunOutcome;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code expire} after it was cut off, and the same with another policy. */
final class ExpireAgainTest extends ExpireCase {
    /** Killed after each deletion, and in the middle of one: the same command goes on with what was decided. */
    @Test
    void goesOnWithWhatWasDecidedAfterAnyDeath() {
        nights(6);
        for (int deaths = 0; deaths < 2; deaths++) {
            RunOutcome died = expire.run(whenDeleted(1, ExpireAgainTest::die), "keep-last=3");
            assertThat(died.exitCode()).as(died.message()).isNotZero();
        }
        assertThat(left()).hasSizeBetween(4, 5);
        // Of a run judged anew this one would be among the last three.
        vault.complete("new", TODAY.plusSeconds(1));

        ended(expire.run("keep-last=3"), 0);

        assertThat(left()).containsExactly("b0", "b1", "b2", "new");
        ended(expire.run("keep-last=3"), 0);
        assertThat(left()).containsExactly("b0", "b1", "new");
    }

    /** Killed in the middle of a deletion: of the backup some files are left, and no run.json to know it by. */
    @Test
    void endsADeletionThatWasCutOff() {
        nights(6);
        assertThat(expire.run(whenDeleting(ExpireAgainTest::die), "keep-last=3").exitCode())
                .isNotZero();
        assertThat(left()).hasSize(6);
        vault.store()
                .delete(List.of(
                        vault.layout("b5").meta(MetaFile.BACKUP),
                        vault.layout("b5").runRecord()));
        vault.incomplete("b5", Instant.now(), true);

        RunOutcome outcome = expire.run("keep-last=3");

        ended(outcome, 0);
        assertThat(left()).containsExactly("b0", "b1", "b2");
        assertThat(vault.keys("b5")).isEmpty();
        assertThat(outcome.report().facts()).containsEntry("removed", 3);
    }

    /** What may go at once is no part of what was decided: said once, it does not hold for all that follow. */
    @Test
    void theValveIsHeldAgainstWhatIsStillToGo() {
        nights(6);
        assertThat(expire.run(whenDeleting(ExpireAgainTest::die), "keep-last=2", "max-delete=4")
                        .exitCode())
                .isNotZero();

        ended(expire.preview("keep-last=2"), 2);
        ended(expire.run("keep-last=2"), 2);
        assertThat(left()).hasSize(6);

        ended(expire.run("keep-last=2", "max-delete=4"), 0);
        assertThat(left()).containsExactly("b0", "b1");
    }

    @Test
    void aDryRunShowsWhatWasDecidedAndIsNotDoneYet() {
        nights(6);
        assertThat(expire.run(whenDeleting(ExpireAgainTest::die), "keep-last=3").exitCode())
                .isNotZero();
        vault.complete("new", TODAY.plusSeconds(1));

        RunOutcome looked = expire.preview("keep-last=3");

        ended(looked, 0);
        assertThat(looked.report().facts()).containsEntry("to_remove", 3);
        assertThat(ExpireRuns.facts(looked, "keep")).containsEntry("b2", true).doesNotContainKey("new");
        assertThat(left()).hasSize(7);
        ended(expire.run("keep-last=3"), 0);
        assertThat(left()).containsExactly("b0", "b1", "b2", "new");
        // That one is completed: judged anew.
        assertThat(ExpireRuns.facts(expire.preview("keep-last=3"), "keep"))
                .containsEntry("b2", false)
                .containsEntry("new", true);
    }

    @Test
    void anotherPolicyForgetsWhatWasDecided() {
        nights(6);
        assertThat(expire.run(whenDeleted(1, ExpireAgainTest::die), "keep-last=3")
                        .exitCode())
                .isNotZero();
        int before = left().size();

        ended(expire.run("keep-last=5"), 0);

        assertThat(left()).hasSize(Math.min(before, 5));
    }

    private static void die() {
        throw new IllegalStateException("killed");
    }

    @Test
    void leavesNoFolderBehind() {
        nights(4);

        ended(expire.run("keep-last=2"), 0);

        assertThat(Files.exists(folder.resolve("vault/b3"))).isFalse();
        assertThat(expire.run("keep-last=2").failure()).isNotEqualTo(Failure.NOT_FOUND);
    }
}
