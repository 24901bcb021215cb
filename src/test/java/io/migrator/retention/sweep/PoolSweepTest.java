package io.migrator.retention.sweep;

import static io.migrator.retention.PoolOfBackups.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.catalog.DyingStore;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.LocalFolders;
import io.migrator.lease.Fence;
import io.migrator.retention.PoolOfBackups;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sweep by itself: what it takes, what it costs, and that a death anywhere is no matter. */
final class PoolSweepTest {
    private static final int BACKUPS = 5;

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
        for (int backup = 0; backup < BACKUPS; backup++) {
            pool.complete("b" + backup, Instant.EPOCH.plusSeconds(backup), backup, backup + 1);
        }
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private static Swept sweep(ObjectStore vault) {
        return new PoolSweep(vault, () -> {}).run(Fence.NONE, Instant.MAX);
    }

    private void orphans(int count) {
        IntStream.range(100, 100 + count).forEach(pool::put);
    }

    @Test
    void takesWhatNobodyNames() {
        orphans(3);

        Swept swept = sweep(store);

        assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(swept.pool().units()).isEqualTo(9);
        assertThat(swept.freed()).isEqualTo(new Swept.Amount(3, 6, 60));
        assertThat(sweep(store).freed()).isEqualTo(Swept.Amount.NONE);
    }

    /** One listing of the pool, one batch a thousand objects; of each backup two listings and its list. */
    @Test
    void asksNoMoreOftenThanItHasTo() {
        orphans(520);
        List<String> requests = new ArrayList<>();

        sweep(counted(requests));

        long objects = 2 * (6 + 520);
        assertThat(requests).filteredOn(request -> request.startsWith("delete")).hasSize(2);
        assertThat((long) requests.size() + objects / 1000)
                .as("%s", requests)
                .isLessThanOrEqualTo(2 * (objects / 1000 + 1) + 3L * BACKUPS + 4);
        assertThat(pool.units()).hasSize(6);
    }

    private ObjectStore counted(List<String> requests) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("config")) {
                        Object first = arguments == null ? "" : arguments[0];
                        requests.add(method.getName() + " "
                                + (first instanceof Collection<?> keys ? String.valueOf(keys.size()) : first));
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void endsWhatADeathLeftWhereverItWas() {
        for (int changes = 0; changes < 6; changes++) {
            orphans(3);
            ObjectStore dying = new DyingStore(store, changes).connection();
            assertThatThrownBy(() -> sweep(dying)).hasMessage("killed");
            assertThat(pool.units()).contains(0, 1, 2, 3, 4, 5);

            sweep(store);

            assertThat(pool.units()).containsExactly(0, 1, 2, 3, 4, 5);
        }
    }

    /** Who lost the right deletes nothing more, and one who is told to stop neither. */
    @Test
    void stopsWhereItsRightIsGone() {
        orphans(3);
        Fence lost = new Fence() {
            @Override
            public void requireHeld() {
                throw new MigratorException(Failure.LOCKED, "another's");
            }

            @Override
            public void confirm() {}
        };

        assertThatThrownBy(() -> new PoolSweep(store, () -> {}).run(lost, Instant.MAX))
                .hasMessage("another's");
        assertThatThrownBy(() -> new PoolSweep(store, () -> {
                            throw new MigratorException(Failure.STOPPED, "stopped");
                        })
                        .run(Fence.NONE, Instant.MAX))
                .hasMessage("stopped");

        assertThat(pool.units()).hasSize(9);
    }

    /** Written between the first reading and the second, in a directory that was not there. */
    @Test
    void readsTwiceWhatIsNamed() {
        orphans(1);
        List<String> requests = new ArrayList<>();
        ObjectStore watched = (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("listDirectories") && !requests.isEmpty()) {
                        pool.list("late", 100);
                    }
                    if (method.getName().equals("listDirectories")) {
                        requests.add("");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });

        assertThat(sweep(watched).freed()).isEqualTo(Swept.Amount.NONE);
        assertThat(pool.units()).contains(100);
    }

    /** A directory whose name no backup of ours can have counts all the same. */
    @Test
    void asksEveryDirectory() {
        pool.complete("b9", Instant.EPOCH, 200);
        byte[] list = store.read(pool.layout("b9").refs(), 1 << 20);
        store.write("b9 set aside/migrator/refs.txt.gz", list);
        store.delete(List.of(pool.layout("b9").refs()));
        IntStream.of(200).forEach(pool::put);
        store.delete(List.of(
                pool.layout("b9").ownDir() + "meta/backup_meta.json",
                pool.layout("b9").ownDir() + "meta/full_meta.json"));

        sweep(store);

        assertThat(pool.units()).contains(200);
        assertThat(unit(200).path()).startsWith("1/2/200/i");
    }
}
