package io.migrator.backup.pool;

import io.migrator.backup.state.PlannedUnit;
import io.migrator.backup.state.UnitTables;
import io.migrator.copy.CopyScope;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.format.pool.UnitTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of the pool that a backup answers for: its own units, and those it shares. Beside them lie units of others.
 * For one thread.
 */
final class PoolScope implements CopyScope {
    private final PoolLayout pool;
    private final UnitTables tables;
    private final String run;
    private final List<String> prefixes;
    private final UnitTable units = new UnitTable();
    private boolean hasOwn;
    private String lastDir = "";
    private Place lastPlace = Place.OTHER;

    /**
     * What an earlier run of the backup wrote is shared by now. What ends with this run's name and is in no plan is left to
     * the sweep, which knows whether other backups have it.
     *
     * @param run what the names of own units end with
     * @param ownOnly whether what is shared is not looked at
     */
    PoolScope(PoolLayout pool, UnitTables tables, String run, boolean ownOnly) {
        this.pool = pool;
        this.tables = tables;
        this.run = run;
        PoolPrefixes looked = new PoolPrefixes(pool);
        try (Stream<PlannedUnit> all = tables.byPath()) {
            all.forEach(one -> {
                units.add(new UnitRef(one.unit(), one.objects(), one.bytes()));
                hasOwn |= isOwn(one.unit());
                if (!ownOnly || isOwn(one.unit())) {
                    looked.add(one);
                }
            });
        }
        this.prefixes = looked.end();
    }

    /** Nobody else has this run's name, and so no unit that is shared. */
    private boolean isOwn(Unit unit) {
        return unit.run().equals(run);
    }

    /** Whether this run writes anything. */
    boolean hasOwn() {
        return hasOwn;
    }

    @Override
    public List<String> prefixes() {
        return prefixes;
    }

    @Override
    public Place of(String key) {
        if (lastDir.isEmpty() || !key.startsWith(lastDir)) {
            Optional<Unit> unit = pool.unitOf(key);
            lastDir = unit.map(pool::unitDir).orElse("");
            lastPlace = unit.map(this::of).orElse(Place.OTHER);
        }
        return lastPlace;
    }

    private Place of(Unit unit) {
        if (!units.names(unit)) {
            return Place.OTHER;
        }
        return isOwn(unit) ? Place.OWN : Place.SHARED;
    }

    /** The shared unit that an object lies in. */
    PlannedUnit unitOf(String key) {
        return pool.unitOf(key).map(tables::find).orElseThrow();
    }
}
