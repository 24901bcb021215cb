package io.migrator.lease;

import static io.migrator.lease.RacingHolders.holder;
import static io.migrator.lease.RacingHolders.lease;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.batch.ThisProcess;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Lease;
import io.migrator.format.own.OwnJson;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One lease at a time, over a real folder; what needs several stores is in {@link LeaseRacesIT}. */
final class VaultLeaseTest {
    private static final LeaseTerms TERMS = new LeaseTerms(Duration.ofMillis(60));
    private static final VaultLayout LAYOUT = new VaultLayout("backup", "b");

    @TempDir
    private Path dir;

    private final List<String> notes = new CopyOnWriteArrayList<>();
    private ObjectStore vault;
    private FaultyVault faulty;

    @BeforeEach
    void open() {
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("vault");
        vault = Stores.open(folders.storage(Side.VAULT, "vault", "backup"));
        faulty = new FaultyVault(vault);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private VaultLease vaultLease() {
        return new VaultLease(faulty.connection(), LAYOUT, TERMS, notes::add);
    }

    private static void take(VaultLease lease, LeaseHolder holder) {
        lease.take(holder, () -> false);
    }

    private Lease stored() throws IOException {
        return OwnJson.readLease(vault.read(LAYOUT.lease(), 10_000));
    }

    private void leave(Lease lease) throws IOException {
        vault.write(LAYOUT.lease(), OwnJson.write(lease));
    }

    private static void assertLocked(ThrowingCallable act, String... words) {
        assertThatThrownBy(act)
                .hasMessageContainingAll(words)
                .extracting(e -> ((MigratorException) e).failure())
                .isEqualTo(Failure.LOCKED);
    }

    @Test
    void saysWhoHasItAndIsRenewedAndGivenBack() throws IOException {
        try (VaultLease lease = vaultLease()) {
            take(lease, holder("host-a"));
            Lease first = stored();
            assertThat(first.host()).isEqualTo("host-a");
            assertThat(first.intervalMillis()).isEqualTo(60);
            Awaitility.await().until(() -> stored().sequence() > first.sequence() + 2);
            lease.requireHeld();
            assertThat(stored().token()).isEqualTo(first.token());
        }
        assertThat(vault.list("")).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void closesAlsoWhereTheStoreHangs() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        VaultLease lease = vaultLease();
        take(lease, holder("host-a"));
        faulty.hangUntil(end);
        faulty.awaitHung();

        try {
            assertThat(CompletableFuture.runAsync(lease::close)).succeedsWithin(Duration.ofSeconds(30));
        } finally {
            faulty.cut(true);
            end.countDown();
        }
    }

    @Test
    void refusesWhereAnotherHostIsSeenToBeAlive() {
        try (VaultLease first = vaultLease();
                VaultLease second = vaultLease()) {
            take(first, holder("host-a"));
            assertLocked(() -> take(second, holder("host-b")), "host-a", "pid 4711", "a backup");
            first.confirm();
        }
    }

    @Test
    void takesOverWhatNobodyRenewsWhateverItsClockSaid() throws IOException {
        for (Duration skew : List.of(Duration.ofDays(1), Duration.ZERO, Duration.ofDays(-1))) {
            notes.clear();
            leave(lease("host-a", 7, Instant.now().plus(skew)));
            long begin = System.nanoTime();
            try (VaultLease lease = vaultLease()) {
                take(lease, holder("host-b"));
                assertThat(System.nanoTime() - begin)
                        .isGreaterThan(TERMS.interval().toNanos() * 3);
                assertThat(notes).hasSize(2);
                assertThat(notes.get(1)).contains("taking over", "host-a", "pid 4712");
            }
        }
    }

    @Test
    void takesItsOwnRunsLeaseAtOnce() throws IOException {
        Lease old = lease("host-a", 7, Instant.now());
        leave(old);
        try (VaultLease lease = vaultLease()) {
            LeaseHolder restarted =
                    new LeaseHolder(old.holder(), "backup", ThisProcess.look(), new ProcessMark("host-b", 1));
            take(lease, restarted);
            assertThat(notes).isEmpty();
        }
    }

    @Test
    void takesTheLeaseOfADeadProcessOfThisMachineAtOnceAndRefusesThatOfALiveOne() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessMark here = ProcessMark.look();
        long pid = process.pid();
        Lease living = new Lease(
                "x",
                "t",
                "backup",
                "1",
                "h",
                pid,
                here.machine(),
                ProcessMark.startOf(pid),
                1,
                Instant.now(),
                Instant.now(),
                600_000,
                false);
        leave(living);
        LeaseHolder other = LeaseHolder.of("another run", "delete");
        try (VaultLease lease = vaultLease()) {
            assertLocked(() -> take(lease, other), "pid " + pid);
            process.destroyForcibly().waitFor();
            take(lease, other);
            assertThat(notes).singleElement().asString().contains("that process is dead");
        }
    }

    @Test
    void writesNoMoreOnceAnotherTookOver() {
        FaultyVault cuttable = new FaultyVault(vault);
        try (VaultLease second = vaultLease()) {
            try (VaultLease away = new VaultLease(cuttable.connection(), LAYOUT, TERMS, notes::add)) {
                take(away, holder("host-a"));
                cuttable.cut(true);
                take(second, holder("host-b"));
                cuttable.cut(false);
                assertLocked(away::confirm, "host-b", "took it over");
                assertLocked(away::requireHeld, "host-b");
            }
            second.confirm();
        }
    }

    @Test
    void goesOnAfterAnOutageInWhichNobodyTookOver() {
        try (VaultLease lease = vaultLease()) {
            take(lease, holder("host-a"));
            faulty.cut(true);
            long begin = System.nanoTime();
            Awaitility.await()
                    .until(() -> System.nanoTime() - begin > TERMS.interval().toNanos() * 5);
            faulty.cut(false);
            lease.requireHeld();
            lease.confirm();
        }
    }

    @Test
    void holdsThoughAnswersOfItsWritesAreLost() {
        try (VaultLease lease = vaultLease()) {
            faulty.loseAnswersOfWrites(2);
            take(lease, holder("host-a"));
            faulty.loseAnswersOfWrites(2);
            lease.confirm();
        }
        assertThat(vault.list("")).isEmpty();
    }

    @Test
    void isTakenAwayThoughItsLastWriteFailsOrItsAnswerIsLost() {
        LeaseTerms slow = new LeaseTerms(Duration.ofMinutes(1));
        for (Runnable fault : List.<Runnable>of(
                () -> faulty.loseAnswersOfWrites(1), () -> faulty.refuseWrites(2), () -> faulty.repeatWrites(1))) {
            try (VaultLease lease = new VaultLease(faulty.connection(), LAYOUT, slow, notes::add)) {
                take(lease, holder("host-a"));
                fault.run();
            }
            assertThat(vault.list("")).isEmpty();
            assertThat(notes).isEmpty();
        }
    }

    @Test
    void saysWhereItCannotBeGivenBack() {
        try (VaultLease lease = vaultLease()) {
            take(lease, holder("host-a"));
            faulty.cut(true);
        }
        assertThat(notes).singleElement().asString().contains("could not be given back", "the network is cut");
    }

    @Test
    void saysWhereTheStoreKeepsNoConditionsAndStillRefusesTheSecond() {
        faulty.keepNoConditions();
        try (VaultLease first = vaultLease();
                VaultLease second = vaultLease()) {
            take(first, holder("host-a"));
            assertThat(notes).singleElement().asString().contains("keeps no condition");
            assertLocked(() -> take(second, holder("host-b")), "host-a");
            first.confirm();
        }
        assertThat(vault.list("")).isEmpty();
    }

    /** Given back, it says, and yet it is written again and again. */
    @Test
    void isNotWaitedForWithoutEnd() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Lease other = lease("host-a", 7, Instant.now());
        leave(other.released(Instant.now()));
        Thread writer = new Thread(() -> {
            for (int i = 0; !done.get(); i++) {
                vault.write(LAYOUT.lease(), json(other.released(Instant.EPOCH.plusMillis(i))));
            }
        });
        writer.start();
        try (VaultLease lease = vaultLease()) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(30), () -> assertLocked(() -> take(lease, holder("host-b")), "host-a"));
        } finally {
            done.set(true);
            writer.join();
        }
    }

    private static byte[] json(Lease lease) {
        try {
            return OwnJson.write(lease);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isNotBlockedByADamagedLease() {
        vault.write(LAYOUT.lease(), new byte[] {'{', '"'});
        try (VaultLease lease = vaultLease()) {
            take(lease, holder("host-a"));
            assertThat(notes.get(0)).contains("damaged");
        }
        assertThat(vault.list("")).isEmpty();
    }
}
