package io.migrator.fake.model;

import java.util.Set;

/**
 * What of a collection is in memory.
 *
 * @param whole the collection was loaded as such, new partitions with it
 * @param partitions the ones that were loaded by name where it is not whole
 */
public record Loaded(boolean whole, Set<String> partitions, int replicas) {
    public static final Loaded NOT = new Loaded(false, Set.of(), 0);

    public boolean anything() {
        return whole || !partitions.isEmpty();
    }

    public boolean has(String partition) {
        return whole || partitions.contains(partition);
    }
}
