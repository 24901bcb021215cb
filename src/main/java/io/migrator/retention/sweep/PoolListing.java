package io.migrator.retention.sweep;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.pool.Unit;
import io.migrator.store.DatedObject;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What lay in the pool at one time, listed once: which units, in memory, and the keys of their objects, in a file. Bounded
 * memory, whatever the pool holds.
 */
final class PoolListing implements AutoCloseable {
    private static final int STRANGERS_NAMED = 20;

    private final UnitSet units = new UnitSet();
    private final UnitSet young = new UnitSet();
    private final KeySpill spill;
    private final List<String> strangers = new ArrayList<>();
    private long strange;
    private @Nullable Unit current;
    private boolean currentIsYoung;

    private PoolListing() throws IOException {
        spill = new KeySpill();
    }

    /**
     * @param since of units with an object that was written later than that it is told apart
     * @param stop called now and then; ends the listing by failing
     */
    static PoolListing of(ObjectStore vault, PoolLayout pool, Instant since, Runnable stop) {
        try {
            PoolListing listing = new PoolListing();
            try {
                listing.read(vault, pool, since, stop);
                return listing;
            } catch (RuntimeException | Error | IOException e) {
                listing.close();
                throw e;
            }
        } catch (IOException e) {
            throw unkept(e);
        }
    }

    private void read(ObjectStore vault, PoolLayout pool, Instant since, Runnable stop) throws IOException {
        long seen = 0;
        try (Stream<DatedObject> objects = vault.listDated(pool.dataDir())) {
            for (Iterator<DatedObject> each = objects.iterator(); each.hasNext(); ) {
                if (seen++ % 1000 == 0) {
                    stop.run();
                }
                DatedObject next = each.next();
                Unit unit = pool.unitOf(next.object().key()).orElse(null);
                if (unit == null) {
                    stranger(next.object().key());
                } else {
                    take(unit, next, since);
                }
            }
        }
        endUnit();
        spill.end();
        units.complete();
        young.complete();
    }

    private void take(Unit unit, DatedObject next, Instant since) throws IOException {
        if (!unit.equals(current)) {
            endUnit();
            current = unit;
            units.add(unit);
            spill.unit(unit);
        }
        currentIsYoung |= next.writtenAt().isAfter(since);
        spill.object(next.object().key(), next.object().size());
    }

    private void endUnit() {
        if (current != null && currentIsYoung) {
            young.add(current);
        }
        currentIsYoung = false;
    }

    private void stranger(String key) {
        strange++;
        if (strangers.size() < STRANGERS_NAMED) {
            strangers.add(key);
        }
    }

    /** Is named by a backup, and stays. */
    void strike(Unit unit) {
        units.strike(unit);
    }

    boolean left(Unit unit) {
        return units.left(unit);
    }

    boolean young(Unit unit) {
        return young.left(unit);
    }

    /** Objects that are no unit's. */
    long strange() {
        return strange;
    }

    /** The first of their keys. */
    List<String> strangers() {
        return strangers;
    }

    /** Every unit in the order of the listing; of those that are not left no keys. */
    void each(Consumer<Found> visitor) {
        try {
            spill.read(units::left, visitor);
        } catch (IOException e) {
            throw unkept(e);
        }
    }

    private static MigratorException unkept(IOException e) {
        return MigratorException.unable(
                Failure.NO_ROOM,
                "keep a list of the pool in",
                System.getProperty("java.io.tmpdir", ""),
                String.valueOf(e.getMessage()),
                "Nothing more was swept. Make room there, or name another folder by -Djava.io.tmpdir; then run the same"
                        + " command again.",
                e);
    }

    @Override
    public void close() {
        spill.close();
    }
}
