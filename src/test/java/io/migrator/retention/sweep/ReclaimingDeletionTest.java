package io.migrator.retention.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.migrator.catalog.Catalog;
import io.migrator.catalog.DyingStore;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.LocalFolders;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.VaultLease;
import io.migrator.retention.PoolOfBackups;
import io.migrator.retention.VaultOfBackups;
import io.migrator.retention.sweep.ReclaimingDeletion.Deleted;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of the pool goes with what it alone had, in an order that a death anywhere cannot harm. */
final class ReclaimingDeletionTest {
    @TempDir
    Path folder;

    private ObjectStore store;
    private PoolOfBackups pool;

    @BeforeEach
    void start() {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("vault");
        store = Stores.open(folders.storage(StorageConfig.Side.VAULT, "vault", ""));
        pool = new PoolOfBackups(store);
        pool.complete("a", Instant.EPOCH, 1, 2, 3);
        pool.complete("b", Instant.EPOCH, 2, 3, 4);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private static Deleted delete(ObjectStore vault, String name, boolean reclaim) {
        return new ReclaimingDeletion(vault, line -> {}).delete(name, false, reclaim);
    }

    @Test
    void takesItsOwnUnitsAlone() {
        Deleted deleted = delete(store, "a", true);

        assertThat(deleted.objects()).isEqualTo(7);
        assertThat(deleted.swept().freed().units()).isEqualTo(1);
        assertThat(pool.units()).containsExactly(2, 3, 4);
        assertThat(new Catalog(store, "").lacking("b")).isEmpty();
        assertThat(delete(store, "b", false).swept()).isNull();
        assertThat(pool.units()).containsExactly(2, 3, 4);
    }

    /** Before each of its changes: never complete without its units, and the same command ends it. */
    @Test
    void isEndedByTheSameCommandAfterAnyDeath() {
        List<Long> lived = new ArrayList<>();
        for (long changes = 0; ; changes++) {
            pool.complete("a", Instant.EPOCH, 1, 2, 3);
            DyingStore dying = new DyingStore(store, changes);
            boolean died = dies(dying);
            assertThat(pool.units()).contains(2, 3, 4);
            if (new Catalog(store, "").lacking("a").isEmpty()) {
                assertThat(pool.units()).contains(1);
            }
            if (!died) {
                break;
            }
            lived.add(changes);
            delete(store, "a", true);
            assertThat(pool.units()).containsExactly(2, 3, 4);
            assertThat(new Catalog(store, "").exists("a")).isFalse();
        }
        assertThat(lived).hasSizeGreaterThan(10);
    }

    private static boolean dies(DyingStore dying) {
        try {
            delete(dying.connection(), "a", true);
            return false;
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("killed");
            return true;
        }
    }

    /** The head goes first of what counts, the list last. */
    @Test
    void itsListGoesLast() {
        for (long changes = 0; ; changes++) {
            pool.complete("a", Instant.EPOCH, 1, 2, 3);
            if (!dies(new DyingStore(store, changes))) {
                break;
            }
            boolean list = store.find(pool.layout("a").refs()).isPresent();
            boolean others = store.find(pool.layout("a").runRecord()).isPresent()
                    || store.find(pool.layout("a").ownDir() + "meta/backup_meta.json")
                            .isPresent();
            assertThat(list || !others).isTrue();
            delete(store, "a", false);
        }
    }

    /** A marker alone tells of units that may be left; the right to look for them is another's. */
    @Test
    void anUnfinishedOneGoesWhileAnotherSweeps() {
        try (VaultOfBackups ordinary = new VaultOfBackups(store.config());
                VaultLease other = new VaultLease(
                        Stores.open(store.config()), pool.pool().deleterLease(), LeaseTerms.usual(), line -> {})) {
            ordinary.incomplete("c", Instant.EPOCH, false);
            other.take(LeaseHolder.of("x", "expire"), () -> false);

            Deleted deleted = delete(store, "c", true);

            assertThat(deleted.notSwept()).isNotNull();
            assertThat(deleted.notSwept().failure()).isEqualTo(Failure.LOCKED);
            assertThat(new Catalog(store, "").exists("c")).isFalse();
            assertThat(catchThrowableOfType(MigratorException.class, () -> delete(store, "a", true))
                            .failure())
                    .isEqualTo(Failure.LOCKED);
            assertThat(new Catalog(store, "").lacking("a")).isEmpty();
        }
    }

    @Test
    void goesThoughAnotherListCannotBeRead() {
        store.write(pool.layout("b").refs(), new byte[3]);

        Deleted deleted = delete(store, "a", true);

        assertThat(deleted.notSwept()).isNotNull();
        assertThat(deleted.notSwept().failure()).isEqualTo(Failure.CORRUPT);
        assertThat(pool.units()).containsExactly(1, 2, 3, 4);
        assertThat(new Catalog(store, "").exists("a")).isFalse();
        assertThatThrownBy(() -> delete(store, "a", true)).isInstanceOf(MigratorException.class);
        assertThat(catchThrowableOfType(MigratorException.class, () -> delete(store, "a", true))
                        .failure())
                .isEqualTo(Failure.NOT_FOUND);
    }
}
