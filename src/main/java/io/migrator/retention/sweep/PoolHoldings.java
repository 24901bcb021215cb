package io.migrator.retention.sweep;

import io.migrator.catalog.pool.PoolHolders;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What each backup of the pool has alone: the bytes that would be free without it.
 *
 * @param own of each backup that has anything in the pool
 * @param unreadable backups of which the list of units cannot be read: nobody can restore them
 */
public record PoolHoldings(Map<String, Long> own, Set<String> unreadable) {
    /** Of a vault without a pool. */
    public static PoolHoldings none() {
        return new PoolHoldings(Map.of(), Set.of());
    }

    /**
     * Reads what all directories of the vault name. Those of which that cannot be read are left aside: what others have alone
     * may then be less.
     *
     * @param stop called now and then; ends the reading by failing
     */
    public static PoolHoldings of(ObjectStore vault, Runnable stop) {
        PoolHolders holders = new PoolHolders();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        NamedUnits names = new NamedUnits(vault, stop);
        Set<String> unreadable = Set.of();
        try {
            names.read(
                    any -> true,
                    (directory, ref) -> holders.add(numbers.computeIfAbsent(directory, any -> numbers.size()), ref));
        } catch (MigratorException e) {
            if (e.failure() != Failure.CORRUPT) {
                throw e;
            }
            unreadable = names.unreadable();
        }
        Map<Integer, Long> alone = holders.own();
        Map<String, Long> own = new LinkedHashMap<>();
        numbers.forEach((directory, number) -> own.put(directory, alone.getOrDefault(number, 0L)));
        return new PoolHoldings(own, unreadable);
    }

    /** Whether the list of units of this backup cannot be read. */
    public boolean unreadable(String backup) {
        return unreadable.contains(backup);
    }

    /** What would be free without this backup; empty where it has nothing in the pool. */
    public OptionalLong own(String backup) {
        Long bytes = own.get(backup);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
    }
}
