package io.migrator.catalog.pool;

import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads all lists of units of a vault, and lists its pool once. */
public final class PoolLook {
    private static final int LISTS_AT_ONCE = 16;

    private final ObjectStore vault;
    private final String rootPath;
    private final PoolLayout pool;
    private final PoolHolders holders = new PoolHolders();
    private long units;
    private long bytes;
    private long freeUnits;
    private long freeBytes;

    public PoolLook(ObjectStore vault, String rootPath) {
        this.vault = vault;
        this.rootPath = rootPath;
        this.pool = new PoolLayout(rootPath);
    }

    /** @param names of the backups of the pool, whether complete or not */
    public PoolSizes of(List<String> names) {
        List<Boolean> read;
        List<Integer> numbers =
                Stream.iterate(0, number -> number + 1).limit(names.size()).toList();
        try (WorkerPool workers = new WorkerPool("units", LISTS_AT_ONCE)) {
            read = workers.map(numbers, number -> read(number, names.get(number)));
        }
        list();
        TreeSet<String> unreadable = new TreeSet<>();
        Map<Integer, Long> own = holders.own();
        Map<String, Long> byName = new HashMap<>();
        for (int number : numbers) {
            if (read.get(number)) {
                byName.put(names.get(number), own.getOrDefault(number, 0L));
            } else {
                unreadable.add(names.get(number));
            }
        }
        return new PoolSizes(units, bytes, freeUnits, freeBytes, byName, List.copyOf(unreadable));
    }

    private boolean read(int number, String name) {
        String refs = new VaultLayout(rootPath, name).refs();
        try (RefsReader reader = new RefsReader(vault.open(refs))) {
            for (UnitRef ref = reader.next(); ref != null; ref = reader.next()) {
                holders.add(number, ref);
            }
            return true;
        } catch (DamagedMetaException e) {
            return false;
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "read",
                    refs,
                    "the connection broke: " + e.getMessage(),
                    "Run the command again.",
                    e);
        } catch (MigratorException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void list() {
        @Nullable Unit current = null;
        boolean free = true;
        try (Stream<StoredObject> objects = vault.list(pool.dataDir())) {
            for (Iterator<StoredObject> each = objects.iterator(); each.hasNext(); ) {
                StoredObject object = each.next();
                Optional<Unit> unit = current != null && object.key().startsWith(pool.unitDir(current))
                        ? Optional.of(current)
                        : pool.unitOf(object.key());
                if (unit.isPresent() && !unit.get().equals(current)) {
                    current = unit.get();
                    free = !holders.has(current);
                    units++;
                    freeUnits += free ? 1 : 0;
                }
                bytes += object.size();
                freeBytes += free || unit.isEmpty() ? object.size() : 0;
            }
        }
    }
}
