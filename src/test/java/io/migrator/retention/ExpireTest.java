package io.migrator.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.Samples;
import io.migrator.launch.RunOutcome;
import io.migrator.retention.VaultOfBackups.Made;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the job {@code expire} deletes, and what it tells. */
final class ExpireTest extends ExpireCase {
    @Test
    void deletesWhatThePolicyDoesNotKeepAndNothingElse() {
        nights(6);
        vault.put("other", new Made(TODAY.minus(Duration.ofDays(40))).of("default.page", "page"));
        vault.put("elsewhere", new Made(TODAY.minus(Duration.ofDays(40))).from("b/files"));
        vault.peers("theirs");

        RunOutcome outcome = expire.run("keep-last=3");

        ended(outcome, 0);
        assertThat(left()).containsExactly("b0", "b1", "b2", "elsewhere", "other", "theirs");
        assertThat(outcome.report().facts())
                .containsEntry("removed", 3)
                .containsEntry("kept", 5)
                .containsEntry("clock_skew_seconds", 0L)
                .doesNotContainKey("skipped");
        assertThat(vault.keys("b4")).isEmpty();
        ended(expire.run("keep-last=3"), 0);
        assertThat(left()).hasSize(6);
    }

    @Test
    void aDryRunShowsTheSameTableAndTouchesNothing() {
        nights(4);
        RunOutcome looked = expire.preview("keep-last=2");

        ended(looked, 0);
        assertThat(left()).hasSize(4);
        assertThat(folder.resolve("state")).doesNotExist();
        assertThat(looked.report().facts())
                .containsEntry("to_remove", 2)
                .containsEntry("kept", 2)
                .doesNotContainKey("removed");

        RunOutcome done = expire.run("keep-last=2");

        assertThat(done.report().tables()).isEqualTo(looked.report().tables());
        assertThat(ExpireRuns.facts(done, "reasons")).isEqualTo(ExpireRuns.facts(looked, "reasons"));
        assertThat(ExpireRuns.facts(done, "removed")).containsEntry("b3", true).containsEntry("b0", false);
        assertThat(ExpireRuns.facts(looked, "removed")).containsEntry("b3", false);
    }

    @Test
    void withoutARuleNothingIsJudged() {
        nights(3);

        for (String[] none :
                new String[][] {{}, {"keep-last=0"}, {"keep-daily=0", "keep-last=0"}, {"keep-tag=,;"}, {"min-good=2"}
                }) {
            RunOutcome outcome = expire.run(none);
            ended(outcome, 2);
            assertThat(outcome.message()).contains("no rule says what is to stay", "keep-last=3");
            ended(expire.preview(none), 2);
        }
        assertThat(left()).hasSize(3);
        ended(expire.run("keep-last=0", "keep-daily=3"), 0);
    }

    @Test
    void moreThanHalfIsRefusedUnlessThatIsSaid() {
        nights(6);

        for (RunOutcome refused : List.of(expire.preview("keep-last=2"), expire.run("keep-last=2"))) {
            ended(refused, 2);
            assertThat(refused.message())
                    .contains("4 of its 6 good backups would be deleted, more than half", "max-delete=4");
        }
        ended(expire.run("keep-last=2", "max-delete=3"), 2);
        assertThat(left()).hasSize(6);

        ended(expire.run("keep-last=2", "max-delete=4"), 0);
        assertThat(left()).containsExactly("b0", "b1");
    }

    @Test
    void unknownZonesAreRefused() {
        ended(expire.run("keep-last=2", "zone=Mars/Olympus"), 2);
        ended(expire.run("keep-within=99999y"), 0);
        nights(2);
        assertThat(expire.run("keep-within=99999y99999y99999y99999y99999y").exitCode())
                .isIn(0, 2);
        assertThat(left()).hasSize(2);
    }

    @Test
    void unfinishedOnesGoWhenTheyAreOldAndBegunDeletionsAreEnded() {
        nights(2);
        vault.incomplete("young", Instant.now().minus(Duration.ofDays(6)), false);
        vault.incomplete("old", Instant.now().minus(Duration.ofDays(8)), false);
        vault.incomplete("deleting", Instant.now(), true);

        ended(expire.run("keep-last=2", "incomplete-after=never"), 0);
        assertThat(left()).containsExactly("b0", "b1", "old", "young");

        ended(expire.run("keep-last=2"), 0);
        assertThat(left()).containsExactly("b0", "b1", "young");
        ended(expire.run("keep-last=2", "incomplete-after=5d"), 0);
        assertThat(left()).containsExactly("b0", "b1");
    }

    @Test
    void aDamagedOneIsToldAndStays() {
        nights(3);
        vault.store().write(vault.layout("b2").runRecord(), "{".getBytes(UTF_8));

        RunOutcome outcome = expire.run("keep-last=1");

        ended(outcome, 3);
        assertThat(left()).containsExactly("b0", "b2");
        assertThat(outcome.report().facts().get("skipped").toString()).contains("b2: it is damaged");
    }

    @Test
    void milvusBackupsAreJudgedWhenThatIsSaid() {
        vault.peers("theirs");
        vault.peers("theirs2", Samples.V0_4);
        assertThat(ExpireRuns.facts(expire.preview("keep-last=1"), "keep")).isEmpty();

        RunOutcome looked = expire.preview("keep-last=1", "made-by=any");

        ended(looked, 0);
        assertThat(ExpireRuns.facts(looked, "keep"))
                .containsEntry("theirs", false)
                .containsEntry("theirs2", true);
        assertThat(ExpireRuns.facts(looked, "selection").values()).containsOnly("default.all_types,default.pk");
        assertThat(ExpireRuns.facts(looked, "data_of").get("theirs2").toString())
                .startsWith("2026-");
        assertThat(ExpireRuns.facts(looked, "data_of").get("theirs").toString()).startsWith("2026-");
        ended(expire.run("keep-last=1", "made-by=any"), 0);
        assertThat(left()).containsExactly("theirs2");
    }

    /** They did not tell the request: it may have been for the metas alone, or some partitions. */
    @Test
    void backupsOfOlderVersionsAreJudgedByThemselvesByTheirCollections() {
        nights(1);
        for (int night = 1; night < 4; night++) {
            vault.put("c" + night, new Made(TODAY.minus(Duration.ofDays(night))).untold());
        }
        vault.put("bare", new Made(TODAY).untold().withoutObjects());

        RunOutcome outcome = expire.run("keep-last=2");

        ended(outcome, 0);
        assertThat(left()).containsExactly("b0", "bare", "c1", "c2");
        assertThat(ExpireRuns.facts(outcome, "group"))
                .containsEntry("b0", "default.book of a/files")
                .containsEntry("c1", "default.book (request not told) of a/files")
                .containsEntry("bare", "default.book (request not told) (without objects) of a/files");
    }

    @Test
    void theMetasAloneAreNoLastCopy() {
        nights(2);
        vault.put(
                "bare", new Made(TODAY).of("default.book meta-only=yes", "book").withoutObjects());
        vault.put("part", new Made(TODAY).of("default.book partition=p", "book"));

        RunOutcome outcome = expire.preview("keep-last=1", "max-delete=1");

        ended(outcome, 0);
        assertThat(outcome.report().facts().get("last_copies")).isEqualTo(List.of());
        // Now no other has the rows.
        vault.catalog().delete("b0");
        vault.put("b1", new Made(TODAY.minus(Duration.ofDays(3))).of("x", "book", "page"));
        vault.put(
                "c1", new Made(TODAY.minus(Duration.ofDays(2))).of("x", "page").with(2));
        RunOutcome last = expire.preview("keep-last=1");
        assertThat(last.report().facts().get("last_copies").toString()).contains("default.book of a/files");
    }

    /** What a vault says is not trusted. */
    @Test
    void oddTimesAndTextsAreNoFault() {
        nights(3);
        vault.put(
                "long",
                new Made(TODAY.minus(Duration.ofDays(9)))
                        .of("x".repeat(200_000))
                        .from("y".repeat(200_000)));
        vault.put("before", new Made(Instant.MIN.plusSeconds(100)));
        vault.put("after", new Made(Instant.MAX.minusSeconds(100)));
        vault.put("epoch", new Made(Instant.EPOCH).called("z".repeat(5000), "t".repeat(5000)));
        vault.incomplete("unfinished", Instant.MIN, false);

        RunOutcome outcome =
                expire.run("keep-last=2", "keep-weekly=2", "keep-within-daily=9y", "zone=America/New_York");

        ended(outcome, 0);
        assertThat(ExpireRuns.facts(outcome, "keep"))
                .containsEntry("unfinished", true)
                .containsEntry("epoch", true);
        assertThat(ExpireRuns.facts(outcome, "reasons")).containsEntry("epoch", List.of("nothing tells its time"));
    }

    @Test
    void onlyWhatIsChosenIsJudged() {
        nights(3);
        vault.put("tagged", new Made(TODAY.minus(Duration.ofDays(50))).called("weekly", "x"));
        vault.put("both", new Made(TODAY.minus(Duration.ofDays(60))).of("default.*", "book", "page"));

        assertThat(ExpireRuns.facts(expire.preview("keep-last=9", "name=b?"), "keep"))
                .containsOnlyKeys("b0", "b1", "b2");
        assertThat(ExpireRuns.facts(expire.preview("keep-last=9", "series=week*"), "keep"))
                .containsOnlyKeys("tagged");
        assertThat(ExpireRuns.facts(expire.preview("keep-last=9", "tag=x,y"), "keep"))
                .containsOnlyKeys("tagged");
        RunOutcome ofBook = expire.preview("keep-last=9", "collection=book");
        assertThat(ExpireRuns.facts(ofBook, "keep")).containsOnlyKeys("b0", "b1", "b2", "tagged");
        assertThat(ofBook.report().facts()).containsEntry("not_judged", 1);
    }

    @Test
    void theLastCopyOfACollectionIsToldAndKeptOnRequest() {
        for (int night = 0; night < 2; night++) {
            vault.put("b" + night, new Made(TODAY.minus(Duration.ofDays(night))).of("default.*", "book"));
        }
        for (int night = 2; night < 4; night++) {
            vault.put("b" + night, new Made(TODAY.minus(Duration.ofDays(night))).of("default.*", "book", "old"));
        }

        RunOutcome looked = expire.preview("keep-last=2");
        assertThat(looked.report().facts()).containsEntry("last_copies", List.of("default.old of a/files"));

        ended(expire.run("keep-last=2", "last-copy=keep"), 0);
        assertThat(left()).containsExactly("b0", "b1", "b2");
    }
}
