package io.migrator.retention;

import static io.migrator.retention.PoolOfBackups.UNIT_BYTES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.launch.RunOutcome;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.VaultLease;
import io.migrator.store.connect.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code expire} does to backups that share units, and to what they leave. */
final class PoolExpireTest extends ExpireCase {
    private PoolOfBackups pool;

    @BeforeEach
    void fill() {
        pool = new PoolOfBackups(vault.store());
    }

    /** {@code b0} of today has units 0 to 3, {@code b1} 1 to 4, and so on. */
    private void pooledNights(int count) {
        for (int night = count - 1; night >= 0; night--) {
            pool.complete("b" + night, TODAY.minus(Duration.ofDays(night)), night, night + 1, night + 2, night + 3);
        }
    }

    @Test
    void takesBackupsAndWhatTheyAloneHad() {
        pooledNights(6);
        pool.put(99);

        RunOutcome looked = expire.preview("keep-last=3");
        ended(looked, 0);
        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 99);
        assertThat(looked.report().facts()).containsEntry("bytes_to_free", 4L * UNIT_BYTES);

        RunOutcome done = expire.run("keep-last=3");

        ended(done, 0);
        assertThat(left()).containsExactly("b0", "b1", "b2");
        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(done.report().tables()).isEqualTo(looked.report().tables());
        assertThat(ExpireRuns.facts(done, "own_bytes"))
                .containsEntry("b0", (long) UNIT_BYTES)
                .containsEntry("b1", 0L)
                .containsEntry("b5", (long) UNIT_BYTES);
        assertThat(done.report().facts())
                .containsEntry("freed_bytes", 4L * UNIT_BYTES)
                .containsEntry("pool_bytes", 10L * UNIT_BYTES)
                .containsEntry("orphan_bytes", 0L);
        assertThat(vault.store().find(pool.pool().deleterLease())).isEmpty();
    }

    @Test
    void sweepsAlsoWhereNothingWasDue() {
        pooledNights(2);
        pool.put(50);
        nights(0);

        ended(expire.run("keep-last=2", "sweep=no"), 0);
        assertThat(pool.units()).contains(50);
        RunOutcome young = expire.run("keep-last=2", "grace=1h");
        ended(young, 0);
        assertThat(pool.units()).contains(50);
        assertThat(young.report().facts()).containsEntry("orphan_bytes", (long) UNIT_BYTES);

        ended(expire.run("keep-last=2"), 0);
        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4);
    }

    /** Backups that are not complete hold what they name, and what is no unit's is nobody's to delete. */
    @Test
    void leavesWhatUnfinishedOnesNameAndWhatIsStrange() {
        pooledNights(1);
        pool.unfinished("going", 70);
        vault.incomplete("going", Instant.now(), false);
        vault.store().write(pool.pool().dataDir() + "1/2/note.txt", new byte[1]);
        pool.put(71);

        ended(expire.run("keep-last=2"), 0);

        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 70);
        assertThat(vault.store().find(pool.pool().dataDir() + "1/2/note.txt")).isPresent();
    }

    /** What cannot be read may name anything: the backups go, no unit does, and the next night judges anew. */
    @Test
    void sweepsNothingWhereAListCannotBeRead() {
        pooledNights(4);
        pool.unfinished("cut", 80);
        vault.incomplete("cut", Instant.now(), false);
        byte[] whole = vault.store().read(pool.layout("cut").refs(), 1 << 20);
        pool.put(81);

        for (byte[] bad : List.of(Arrays.copyOf(whole, whole.length - 9), new byte[0], new byte[] {1, 2, 3})) {
            vault.store().write(pool.layout("cut").refs(), bad);
            ended(expire.preview("keep-last=3"), 20);
            RunOutcome outcome = expire.run("keep-last=3");
            ended(outcome, 20);
            assertThat(outcome.message()).contains("'cut'", "Nothing was swept");
            assertThat(outcome.report().tables()).isNotEmpty();
            assertThat(left()).containsExactly("b0", "b1", "b2", "cut");
            assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4, 5, 6, 80, 81);
        }
        pooledNights(4);
        ended(expire.run("keep-last=3"), 20);
        assertThat(left()).containsExactly("b0", "b1", "b2", "cut");

        vault.store().write(pool.layout("cut").refs(), whole);
        ended(expire.run("keep-last=3"), 0);
        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4, 5, 80);
    }

    /** Somebody took the list of a backup that is complete: it needs its units as before. */
    @Test
    void sweepsNothingWhereAListIsMissing() {
        pooledNights(2);
        vault.store().delete(List.of(pool.layout("b1").refs()));
        pool.put(60);

        RunOutcome outcome = expire.run("keep-last=2");

        ended(outcome, 20);
        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4, 60);
    }

    /** The newest has no list of units, or one that is cut: it is no good backup, and the others stay. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingGoesForTheSakeOfOneWithoutItsList(boolean cut) {
        pooledNights(2);
        String refs = pool.layout("b0").refs();
        if (cut) {
            byte[] whole = vault.store().read(refs, 1 << 20);
            vault.store().write(refs, Arrays.copyOf(whole, whole.length - 9));
        } else {
            vault.store().delete(List.of(refs));
        }

        ended(expire.preview("keep-last=1"), 20);
        RunOutcome outcome = expire.run("keep-last=1");

        ended(outcome, 20);
        assertThat(left()).containsExactly("b0", "b1");
        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4);
        assertThat(ExpireRuns.facts(outcome, "state"))
                .containsEntry("b0", cut ? "damaged" : "incomplete")
                .containsEntry("b1", "complete");
    }

    @Test
    void aPoolOfALaterVersionIsNotTouched() {
        pooledNights(4);
        pool.note(2);

        ended(expire.run("keep-last=2"), 13);

        assertThat(left()).hasSize(4);
        assertThat(pool.units()).hasSize(7);
    }

    /** What cannot be told of the pool is no reason to keep ordinary backups; those of the pool stay, for nobody can read them. */
    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "{\"format\":0}"})
    void aPoolOfWhichTheFormCannotBeToldKeepsItsOwn(String note) {
        pooledNights(3);
        vault.complete("c0", TODAY);
        vault.complete("c1", TODAY.minus(Duration.ofDays(1)));
        vault.complete("c2", TODAY.minus(Duration.ofDays(2)));
        vault.store().write(pool.pool().note(), note.getBytes(UTF_8));
        pool.put(99);

        ended(expire.preview("keep-last=2"), 20);
        RunOutcome outcome = expire.run("keep-last=2");

        ended(outcome, 20);
        assertThat(outcome.message()).contains(pool.pool().note(), "Nothing was swept");
        assertThat(left()).containsExactly("b0", "b1", "b2", "c0", "c1");
        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4, 5, 99);
        ended(expire.run("keep-last=2"), 20);
        ended(expire.run("keep-last=2", "sweep=no"), 3);
    }

    @Test
    void aPoolWithoutItsNoteIsToldAndNotSwept() {
        pooledNights(3);
        vault.store().delete(List.of(pool.pool().note()));
        pool.put(99);

        RunOutcome outcome = expire.run("keep-last=2");

        ended(outcome, 20);
        assertThat(outcome.message()).contains(pool.pool().note(), "missing");
        assertThat(left()).containsExactly("b0", "b1");
        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4, 5, 99);
        pool.note(1);
        ended(expire.run("keep-last=2"), 0);
        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void oneDeleterAtATime() {
        pooledNights(4);
        try (VaultLease other = new VaultLease(
                Stores.open(vault.store().config()), pool.pool().deleterLease(), LeaseTerms.usual(), line -> {})) {
            other.take(LeaseHolder.of("x", "expire"), () -> false);

            ended(expire.run("keep-last=3"), 11);
            assertThat(left()).hasSize(4);
            ended(expire.run("keep-last=4"), 11);
            assertThat(pool.units()).hasSize(7);
        }
        ended(expire.run("keep-last=3"), 0);
        assertThat(pool.units()).hasSize(6);
    }

    /** Killed after a deletion: the same command goes on, and sweeps. */
    @Test
    void goesOnAfterADeath() {
        pooledNights(6);
        RunOutcome died = expire.run(
                whenDeleted(1, () -> {
                    throw new IllegalStateException("killed");
                }),
                "keep-last=3");
        assertThat(died.exitCode()).isNotZero();
        assertThat(pool.units()).hasSize(9);

        ended(expire.run("keep-last=3"), 0);

        assertThat(left()).containsExactly("b0", "b1", "b2");
        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4, 5);
    }
}
