package io.migrator.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.RunOutcome;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.Reading;
import io.migrator.lease.VaultLease;
import io.migrator.retention.VaultOfBackups.Made;
import io.migrator.retention.hold.BackupHolds;
import io.migrator.retention.hold.GuardedDeletion;
import io.migrator.store.connect.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What others do to the backups while {@code expire} is at work. */
final class ExpireAmongOthersTest extends ExpireCase {
    /** Two clusters with the defaults have one bucket and root path by name, and may back up into one vault. */
    @Test
    void anotherClusterOfTheSameSourceIsJudgedByItself() {
        for (String policy : List.of("keep-daily=2", "keep-last=2")) {
            for (int night = 0; night < 4; night++) {
                Instant at = TODAY.minus(Duration.ofDays(night));
                vault.put("a" + night, new Made(at));
                vault.put("z" + night, new Made(at.minusSeconds(3600)).with(77));
            }
            RunOutcome looked = expire.preview(policy);

            ended(looked, 0);
            assertThat(ExpireRuns.facts(looked, "keep"))
                    .containsEntry("a0", true)
                    .containsEntry("a1", true)
                    .containsEntry("a2", false)
                    .containsEntry("z0", true)
                    .containsEntry("z1", true)
                    .containsEntry("z2", false);
            ended(expire.run(policy), 0);
            assertThat(left()).containsExactly("a0", "a1", "z0", "z1");
        }
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
        assertThat(outcome.message()).contains("but skipped: ", "it is held");
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
    void ofAHalfDeletedOneIsSaidThatItIs() {
        nights(2);
        vault.incomplete("d", TODAY, true);
        try (VaultLease other = new VaultLease(
                Stores.open(vault.store().config()), vault.layout("d"), LeaseTerms.usual(), line -> {})) {
            other.take(LeaseHolder.of("other", "delete"), () -> false);

            RunOutcome outcome = expire.run("keep-last=2");

            ended(outcome, 3);
            assertThat(ExpireRuns.facts(outcome, "skipped").get("d").toString())
                    .contains("'d' is half deleted", "the same command ends that");
            assertThat(outcome.message()).doesNotContain("left alone");
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

    /** Else it would be the first again every night, and nothing more would ever go. */
    @Test
    void aBackupThatCannotBeReadAnyMoreKeepsNoOtherFromGoing() {
        nights(4);

        RunOutcome outcome = expire.run(
                whenDeleting(() -> vault.store().write(vault.layout("b3").runRecord(), "{".getBytes(UTF_8))),
                "keep-last=2");

        ended(outcome, 3);
        assertThat(left()).containsExactly("b0", "b1", "b3");
        assertThat(ExpireRuns.facts(outcome, "skipped").get("b3").toString()).contains("run.json");
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

    /** It may be the one whose day, week or year the others were left out for. */
    @Test
    void nothingGoesOnceAnyThatWasToStayIsGone() {
        nights(6);

        RunOutcome outcome = expire.run(whenDeleting(() -> vault.catalog().delete("b2")), "keep-last=3");

        ended(outcome, 3);
        assertThat(left()).containsExactly("b0", "b1", "b3", "b4", "b5");
        assertThat(outcome.message()).contains("b2, which was to stay, is gone");
    }

    @Test
    void oneOfTheFutureIsNoneForTheSakeOfWhichOthersGo() {
        nights(4);
        vault.complete("f", TODAY.plus(Duration.ofDays(9)));

        ended(expire.run(whenDeleting(() -> vault.catalog().delete("f")), "keep-last=2"), 0);

        assertThat(left()).containsExactly("b0", "b1");
    }

    @Test
    void whatSomebodyElseDeletedMeanwhileIsGone() {
        nights(4);

        RunOutcome outcome = expire.run(whenDeleting(() -> vault.catalog().delete("b3")), "keep-last=2");

        ended(outcome, 0);
        assertThat(left()).containsExactly("b0", "b1");
        assertThat(ExpireRuns.facts(outcome, "removed")).containsEntry("b3", true);
        Object bytes = ExpireRuns.facts(outcome, "bytes").get("b2");
        assertThat(outcome.report().facts()).containsEntry("removed", 2).containsEntry("freed_bytes", bytes);
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
}
