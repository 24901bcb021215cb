package io.migrator.catalog.pool;

import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Which units backups name, and how many of them each: some 100 bytes a unit, whatever the number of backups. For many
 * threads.
 */
public final class PoolHolders {
    private static final int SHARED = -1;
    private static final int HALF = 16;
    /** Above the 48 bits of a run. */
    private static final long DELTAS = 1L << 48;

    private final Map<Key, Held> held = new HashMap<>();

    /** A unit by its digest and run, which are 176 bits of chance, and its ids. */
    private record Key(long high, long low, long run, long segment) {
        static Key of(Unit unit) {
            String digest = unit.digest();
            return new Key(
                    HexFormat.fromHexDigitsToLong(digest, 0, HALF),
                    HexFormat.fromHexDigitsToLong(digest, HALF, 2 * HALF),
                    HexFormat.fromHexDigitsToLong(unit.run()) | (unit.kind() == Unit.Kind.DELTA ? DELTAS : 0),
                    (unit.collection() * 31 + unit.partition()) * 31 + unit.segment());
        }
    }

    /** @param holder number of the one backup that names it, or {@link #SHARED} */
    private record Held(int holder, long bytes) {}

    public synchronized void add(int holder, UnitRef ref) {
        held.merge(
                Key.of(ref.unit()),
                new Held(holder, ref.bytes()),
                (one, other) -> one.holder() == other.holder() ? one : new Held(SHARED, one.bytes()));
    }

    public synchronized boolean has(Unit unit) {
        return held.containsKey(Key.of(unit));
    }

    /** How many units there are, each once. */
    public synchronized long units() {
        return held.size();
    }

    /** By number of the backup, the bytes of the units that it alone names. */
    public synchronized Map<Integer, Long> own() {
        Map<Integer, Long> own = new HashMap<>();
        held.values().stream()
                .filter(one -> one.holder() != SHARED)
                .forEach(one -> own.merge(one.holder(), one.bytes(), Long::sum));
        return own;
    }
}
