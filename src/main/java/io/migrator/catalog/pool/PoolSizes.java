package io.migrator.catalog.pool;

import java.util.List;
import java.util.Map;

/**
 * What the pool of a vault holds, and for whom.
 *
 * @param units that lie there
 * @param bytes of all objects in it
 * @param freeUnits those that no backup names, as far as that is known; so for {@code freeBytes}
 * @param own by name of the backup, the bytes of the units that no other one names: what deleting it would free
 * @param unreadable backups whose lists of units cannot be read: while there are any, what is free, and whose own the
 *     other units are, is not known
 */
public record PoolSizes(
        long units, long bytes, long freeUnits, long freeBytes, Map<String, Long> own, List<String> unreadable) {
    public PoolSizes {
        own = Map.copyOf(own);
        unreadable = List.copyOf(unreadable);
    }

    public boolean known() {
        return unreadable.isEmpty();
    }
}
