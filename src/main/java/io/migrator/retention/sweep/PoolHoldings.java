package io.migrator.retention.sweep;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.pool.Unit;
import io.migrator.store.ObjectStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What each backup of the pool has alone: the bytes that would be free without it. Some 30 bytes of memory a unit. */
public final class PoolHoldings {
    private static final int SHARED = -1;
    private static final int FREE = 0;

    private Set<String> unreadable = Set.of();
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private long[] own = new long[16];
    private long[] digests = new long[1 << 12];
    private long[] bytes = new long[1 << 12];
    /** One more than the place of the only backup that names the unit; {@link #SHARED}, or {@link #FREE} where there is none. */
    private int[] holders = new int[1 << 12];

    private int size;

    private PoolHoldings() {}

    /** Of a vault without a pool. */
    public static PoolHoldings none() {
        return new PoolHoldings();
    }

    /**
     * Reads what all directories of the vault name. Those of which that cannot be read are left aside: what others have alone
     * may then be less.
     *
     * @param stop called now and then; ends the reading by failing
     */
    public static PoolHoldings of(ObjectStore vault, Runnable stop) {
        PoolHoldings holdings = new PoolHoldings();
        NamedUnits names = new NamedUnits(vault, stop);
        try {
            names.read(any -> true, (directory, ref) -> holdings.add(directory, ref.unit(), ref.bytes()));
        } catch (MigratorException e) {
            if (e.failure() != Failure.CORRUPT) {
                throw e;
            }
            holdings.unreadable = names.unreadable();
        }
        return holdings;
    }

    /** Whether the list of units of this backup cannot be read: nobody can restore it. */
    public boolean unreadable(String backup) {
        return unreadable.contains(backup);
    }

    /** What would be free without this backup; empty where it has nothing in the pool. */
    public OptionalLong own(String backup) {
        Integer place = places.get(backup);
        return place == null ? OptionalLong.empty() : OptionalLong.of(own[place]);
    }

    private void add(String backup, Unit unit, long size) {
        int place = places.computeIfAbsent(backup, any -> places.size());
        if (place == own.length) {
            own = Arrays.copyOf(own, 2 * own.length);
        }
        int slot = slot(UnitSet.digest(unit));
        if (holders[slot] == FREE) {
            digests[slot] = UnitSet.digest(unit);
            bytes[slot] = size;
            holders[slot] = place + 1;
            own[place] += size;
            if (3 * ++this.size > 2 * holders.length) {
                grow();
            }
        } else if (holders[slot] > 0 && holders[slot] != place + 1) {
            own[holders[slot] - 1] -= bytes[slot];
            holders[slot] = SHARED;
        }
    }

    private int slot(long digest) {
        int mask = holders.length - 1;
        int slot = (int) digest & mask;
        while (holders[slot] != FREE && digests[slot] != digest) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldDigests = digests;
        long[] oldBytes = bytes;
        int[] oldHolders = holders;
        digests = new long[2 * oldDigests.length];
        bytes = new long[2 * oldBytes.length];
        holders = new int[2 * oldHolders.length];
        for (int old = 0; old < oldHolders.length; old++) {
            if (oldHolders[old] != FREE) {
                int slot = slot(oldDigests[old]);
                digests[slot] = oldDigests[old];
                bytes[slot] = oldBytes[old];
                holders[slot] = oldHolders[old];
            }
        }
    }
}
