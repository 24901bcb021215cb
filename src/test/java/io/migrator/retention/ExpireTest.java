package io.migrator.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.Samples;
import io.migrator.format.meta.MetaFile;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.Reading;
import io.migrator.lease.VaultLease;
import io.migrator.report.Progress;
import io.migrator.retention.VaultOfBackups.Made;
import io.migrator.retention.hold.BackupHolds;
import io.migrator.retention.hold.GuardedDeletion;
import io.migrator.store.connect.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpireTest {
    private static final Instant TODAY = Instant.now().truncatedTo(ChronoUnit.DAYS);

    @TempDir
    Path folder;

    private VaultOfBackups vault;
    private ExpireRuns expire;

    @BeforeEach
    void start() {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("vault");
        StorageConfig config = folders.storage(StorageConfig.Side.VAULT, "vault", "");
        vault = new VaultOfBackups(config);
        expire = new ExpireRuns(config, folder.resolve("state"));
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    /** {@code b0} of today, {@code b1} of yesterday, and so on. */
    private void nights(int count) {
        for (int night = 0; night < count; night++) {
            vault.complete("b" + night, TODAY.minus(Duration.ofDays(night)));
        }
    }

    private List<String> left() {
        return vault.catalog().list().stream().map(one -> one.name()).toList();
    }

    private static void ended(RunOutcome outcome, int code) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

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
    void whatIsHeldStays() {
        nights(4);
        new BackupHolds(vault.store(), line -> {}).hold("b3", null, "audit");

        RunOutcome outcome = expire.run("keep-last=2");

        ended(outcome, 0);
        assertThat(left()).containsExactly("b0", "b1", "b3");
        assertThat(ExpireRuns.facts(outcome, "reasons")).containsEntry("b3", List.of("held: audit"));
    }

    /** Between the decision and the deletion: the hold is met with the backup's lease in hand. */
    @Test
    void aHoldThatIsSetMeanwhileIsMet() {
        nights(4);
        BackupHolds holds = new BackupHolds(vault.store(), line -> {});

        RunOutcome outcome = expire.run(whenDeleting(() -> holds.hold("b2", null, "")), "keep-last=2");

        ended(outcome, 3);
        assertThat(left()).containsExactly("b0", "b1", "b2");
        assertThat(ExpireRuns.facts(outcome, "skipped").get("b2").toString()).contains("it is held");
        assertThat(outcome.message()).contains("left alone");
    }

    /** As a backup that runs, a deletion, or another expire. */
    @Test
    void whatAnotherRunHasIsLeftAlone() {
        nights(4);
        try (VaultLease other = new VaultLease(
                Stores.open(vault.store().config()), vault.layout("b2"), LeaseTerms.usual(), line -> {})) {
            other.take(LeaseHolder.of("other", "backup"), () -> false);

            RunOutcome outcome = expire.run("keep-last=2");

            ended(outcome, 3);
            assertThat(left()).containsExactly("b0", "b1", "b2");
            assertThat(ExpireRuns.facts(outcome, "skipped").get("b2").toString())
                    .contains("in use by");
        }
        ended(expire.run("keep-last=2"), 0);
        assertThat(left()).containsExactly("b0", "b1");
    }

    @Test
    void whatIsReadIsLeftAlone() {
        nights(4);
        try (Reading reading = new Reading(
                () -> Stores.open(vault.store().config()), vault.layout("b2"), LeaseHolder.of("work", "verify"))) {
            reading.begin(() -> "");

            RunOutcome outcome = expire.run("keep-last=2");

            ended(outcome, 3);
            assertThat(left()).containsExactly("b0", "b1", "b2");
            assertThat(ExpireRuns.facts(outcome, "skipped").get("b2").toString())
                    .contains("being read by a verify run");
        }
    }

    @Test
    void aBackupThatTookTheNameMeanwhileStays() {
        nights(4);

        RunOutcome outcome = expire.run(
                whenDeleting(() -> {
                    vault.catalog().delete("b2");
                    vault.put("b2", new Made(TODAY.plusSeconds(60)).called("", "new"));
                    vault.store().write(vault.layout("b2").runRecord(), otherRun());
                }),
                "keep-last=2");

        ended(outcome, 3);
        assertThat(left()).containsExactly("b0", "b1", "b2");
    }

    private byte[] otherRun() {
        byte[] record = vault.store().read(vault.layout("b2").runRecord(), 1 << 20);
        return new String(record, UTF_8).replace("run-b2", "run-other").getBytes(UTF_8);
    }

    /** For the sake of which the others may go. */
    @Test
    void nothingGoesOnceTheNewestGoodOneIsGone() {
        nights(4);

        RunOutcome outcome = expire.run(whenDeleting(() -> vault.catalog().delete("b0")), "keep-last=2");

        ended(outcome, 3);
        assertThat(left()).containsExactly("b1", "b2", "b3");
        assertThat(outcome.message()).contains("b0, which was to stay, is gone");
    }

    @Test
    void whatSomebodyElseDeletedMeanwhileIsGone() {
        nights(4);

        RunOutcome outcome = expire.run(whenDeleting(() -> vault.catalog().delete("b3")), "keep-last=2");

        ended(outcome, 0);
        assertThat(left()).containsExactly("b0", "b1");
        assertThat(ExpireRuns.facts(outcome, "removed")).containsEntry("b3", true);
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

    /** Grouped with those of today whose request names the same collections. */
    @Test
    void backupsOfOlderVersionsAreJudgedByTheirCollections() {
        nights(2);
        vault.put("before", new Made(TODAY.minus(Duration.ofDays(9))).untold());

        RunOutcome outcome = expire.run("keep-last=2");

        ended(outcome, 0);
        assertThat(left()).containsExactly("b0", "b1");
        assertThat(ExpireRuns.facts(outcome, "group").values()).containsOnly("default.book of a/files");
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

    /** Killed after each deletion, and in the middle of one: the same command goes on with what was decided. */
    @Test
    void goesOnWithWhatWasDecidedAfterAnyDeath() {
        nights(6);
        for (int deaths = 0; deaths < 2; deaths++) {
            RunOutcome died = expire.run(whenDeleted(1, ExpireTest::die), "keep-last=3");
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
        assertThat(expire.run(whenDeleting(ExpireTest::die), "keep-last=3").exitCode())
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

    /** As two of them at once: what the other deletes is in use, or gone. Batch runs one job in a process, so by itself. */
    @Test
    void whatAnotherExpireDeletesIsNoFault() {
        nights(6);
        GuardedDeletion other = new GuardedDeletion(vault.store(), line -> {});
        CompletableFuture<Void> deleting = CompletableFuture.runAsync(() -> {
            for (String name : List.of("b5", "b4", "b3")) {
                try {
                    other.delete(name, "expire", false, GuardedDeletion.LastLook.NONE);
                } catch (MigratorException e) {
                    assertThat(e.failure()).isIn(Failure.LOCKED, Failure.NOT_FOUND);
                }
            }
        });

        RunOutcome outcome = expire.run("keep-last=3");
        deleting.join();

        assertThat(outcome.exitCode()).as(outcome.message()).isIn(0, 3);
        ended(expire.run("keep-last=3"), 0);
        assertThat(left()).containsExactly("b0", "b1", "b2");
        assertThat(List.of("b3", "b4", "b5"))
                .allSatisfy(name -> assertThat(vault.keys(name)).isEmpty());
    }

    @Test
    void anotherPolicyForgetsWhatWasDecided() {
        nights(6);
        assertThat(expire.run(whenDeleted(1, ExpireTest::die), "keep-last=3").exitCode())
                .isNotZero();
        int before = left().size();

        ended(expire.run("keep-last=5"), 0);

        assertThat(left()).hasSize(Math.min(before, 5));
    }

    private static void die() {
        throw new IllegalStateException("killed");
    }

    private static Progress whenDeleting(Runnable work) {
        return new At(0, work);
    }

    private static Progress whenDeleted(int backups, Runnable work) {
        return new At(backups, work);
    }

    /** Does something once, when so many backups are deleted. */
    private static final class At implements Progress {
        private final int backups;
        private final Runnable work;
        private int deleted;
        private boolean done;

        At(int backups, Runnable work) {
            this.backups = backups;
            this.work = work;
        }

        @Override
        public void stage(String name, long totalObjects, long totalBytes) {
            if (name.equals("delete")) {
                look();
            }
        }

        @Override
        public void advance(long objects, long bytes) {
            deleted += (int) objects;
            look();
        }

        private void look() {
            if (!done && deleted >= backups) {
                done = true;
                work.run();
            }
        }

        @Override
        public void note(String line) {}
    }

    @Test
    void leavesNoFolderBehind() {
        nights(4);

        ended(expire.run("keep-last=2"), 0);

        assertThat(Files.exists(folder.resolve("vault/b3"))).isFalse();
        assertThat(expire.run("keep-last=2").failure()).isNotEqualTo(Failure.NOT_FOUND);
    }
}
