package io.migrator.retention.hold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.catalog.BackupSummary;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.own.HoldNote;
import io.migrator.lab.LocalFolders;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.VaultLease;
import io.migrator.retention.VaultOfBackups;
import io.migrator.retention.hold.GuardedDeletion.LastLook;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldTest {
    private static final Instant NOW = Instant.now();
    private static final Instant LATER = NOW.plus(Duration.ofDays(30));

    @TempDir
    Path folder;

    private VaultOfBackups vault;
    private BackupHolds holds;
    private GuardedDeletion deletion;

    @BeforeEach
    void start() {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("vault");
        vault = new VaultOfBackups(folders.storage(StorageConfig.Side.VAULT, "vault", ""));
        holds = new BackupHolds(vault.store(), line -> {});
        deletion = new GuardedDeletion(vault.store(), line -> {});
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void whatIsHeldIsNotDeletedUntilItIsReleased() {
        vault.complete("b", NOW);

        assertThat(holds.hold("b", LATER, "audit")).isEmpty();

        refused(Failure.CONFLICT, () -> delete("b"), "held until " + LATER + ": audit", "release -n b", "--force");
        assertThat(vault.catalog().lacking("b")).isEmpty();
        assertThat(vault.keys("b")).contains("migrator/hold.json").doesNotContain("migrator/lease.json");
        assertThat(vault.catalog().hold("b")).map(HoldNote::reason).contains("audit");

        assertThat(holds.release("b")).isTrue();
        assertThat(holds.release("b")).isFalse();
        assertThat(delete("b")).isPositive();
        assertThat(vault.keys("b")).isEmpty();
    }

    @Test
    void aHoldThatIsOverHoldsNothing() {
        vault.complete("b", NOW);
        holds.hold("b", NOW.minusSeconds(1), "");

        assertThat(delete("b")).isPositive();
    }

    @Test
    void forceTakesWhatIsHeldAndLeavesNothing() {
        vault.complete("b", NOW);
        holds.hold("b", null, "");

        assertThat(deletion.delete("b", "delete", true, LastLook.NONE)).isPositive();

        assertThat(vault.keys("b")).isEmpty();
    }

    @Test
    void aHoldTakesThePlaceOfTheOneBefore() {
        vault.complete("b", NOW);
        holds.hold("b", LATER, "audit");

        Optional<HoldNote> before = holds.hold("b", null, "lawsuit");

        assertThat(before).map(HoldNote::until).contains(LATER);
        assertThat(vault.catalog().hold("b")).map(HoldNote::told).contains("held: lawsuit");
    }

    @Test
    void aHoldThatCannotBeReadHolds() {
        vault.complete("b", NOW);
        vault.store().write(vault.layout("b").hold(), "{".getBytes(UTF_8));

        refused(Failure.CONFLICT, () -> delete("b"), "hold.json cannot be read");
        assertThat(vault.catalog().list()).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo(BackupSummary.State.COMPLETE);
            assertThat(one.hold()).isEqualTo(HoldNote.unreadable());
        });
        assertThat(holds.release("b")).isTrue();
        assertThat(delete("b")).isPositive();
    }

    @Test
    void backupsOfMilvusBackupCanBeHeldToo() {
        vault.peers("theirs");

        holds.hold("theirs", null, "");

        refused(Failure.CONFLICT, () -> delete("theirs"), "it is held");
        assertThat(vault.catalog().list()).singleElement().satisfies(one -> {
            assertThat(one.madeBy()).isEqualTo("milvus-backup");
            assertThat(one.hold()).isNotNull();
        });
        assertThat(vault.catalog().read("theirs").collections()).hasSize(2);
    }

    @Test
    void whatIsNoCompleteBackupIsNotHeld() {
        vault.incomplete("half", NOW, false);
        vault.complete("nightly_1", NOW);

        refused(Failure.NOT_FOUND, () -> holds.hold("half", null, ""), "not complete");
        refused(Failure.NOT_FOUND, () -> holds.hold("nightly_2", null, ""), "Did you mean 'nightly_1'?");
        refused(Failure.NOT_FOUND, () -> holds.release("nightly_2"), "nightly_1");
        refused(Failure.NOT_FOUND, () -> delete("nightly_2"), "nightly_1");
        assertThat(vault.keys("nightly_2")).isEmpty();
    }

    @Test
    void oddReasonsAndEndsAreRefused() {
        vault.complete("b", NOW);

        refused(Failure.USAGE, () -> holds.hold("b", null, "a\nb"), "control characters");
        refused(Failure.USAGE, () -> holds.hold("b", null, "x".repeat(501)), "500 characters");
        refused(Failure.USAGE, () -> HoldEnd.parse("soon", NOW), "it is no date", "2027-01-31");
        refused(Failure.USAGE, () -> HoldEnd.parse("2027-02-30", NOW), "it is no date");
        refused(Failure.USAGE, () -> HoldEnd.parse("2020-01-01", NOW), "over already");
        assertThat(HoldEnd.parse("2126-01-31", NOW)).isEqualTo("2126-01-31T00:00:00Z");
        assertThat(HoldEnd.parse("2126-01-31T12:00:00+02:00", NOW)).isEqualTo("2126-01-31T10:00:00Z");
        assertThat(vault.catalog().hold("b")).isEmpty();
    }

    @Test
    void nothingIsHeldOrReleasedWhileAnotherRunHasTheBackup() {
        vault.complete("b", NOW);
        holds.hold("b", LATER, "");
        try (VaultLease other = new VaultLease(
                Stores.open(vault.store().config()), vault.layout("b"), LeaseTerms.usual(), line -> {})) {
            other.take(LeaseHolder.of("other", "delete"), () -> false);

            refused(Failure.LOCKED, () -> holds.hold("b", null, ""), "a delete run");
            refused(Failure.LOCKED, () -> holds.release("b"), "a delete run");
        }
        assertThat(vault.catalog().hold("b")).map(HoldNote::until).contains(LATER);
    }

    /** Whoever comes first: a hold that was set is met by the deletion, and what is deleted cannot be held. */
    @Test
    void aHoldAndADeletionAtOnceNeverBothSucceed() throws Exception {
        // Each round waits more than it works: some at once.
        ExecutorService rounds = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Void>> all = IntStream.range(0, 60)
                    .<Callable<Void>>mapToObj(round -> () -> {
                        holdAndDelete("b" + round);
                        return null;
                    })
                    .toList();
            for (Future<Void> round : rounds.invokeAll(all)) {
                round.get();
            }
        } finally {
            rounds.shutdownNow();
        }
    }

    private void holdAndDelete(String name) {
        vault.complete(name, NOW);
        CompletableFuture<Boolean> held = tried(() -> holds.hold(name, null, ""));
        CompletableFuture<Boolean> deleted = tried(() -> delete(name));

        boolean stays = held.join();
        boolean goes = deleted.join();

        assertThat(stays && goes).as(name).isFalse();
        if (stays) {
            assertThat(vault.catalog().lacking(name)).isEmpty();
            assertThat(vault.catalog().hold(name)).isPresent();
        }
        if (goes) {
            assertThat(vault.keys(name)).isEmpty();
        }
    }

    private static CompletableFuture<Boolean> tried(Supplier<?> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                work.get();
                return true;
            } catch (MigratorException e) {
                assertThat(e.failure()).isIn(Failure.LOCKED, Failure.CONFLICT, Failure.NOT_FOUND);
                return false;
            }
        });
    }

    private long delete(String name) {
        return deletion.delete(name, "delete", false, LastLook.NONE);
    }

    private static void refused(Failure failure, ThrowingCallable work, String... words) {
        assertThatThrownBy(work).isInstanceOfSatisfying(MigratorException.class, e -> {
            assertThat(e.failure()).as(e.getMessage()).isEqualTo(failure);
            assertThat(e.getMessage()).contains(words);
        });
    }
}
