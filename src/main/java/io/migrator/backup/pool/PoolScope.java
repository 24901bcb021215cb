package io.migrator.backup.pool;

import io.migrator.backup.state.PlannedUnit;
import io.migrator.backup.state.UnitTables;
import io.migrator.copy.CopyScope;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.pool.Unit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The part of the pool that a backup answers for: its own units, and those it shares. Beside them lie units of others.
 * For one thread.
 */
final class PoolScope implements CopyScope {
    private final PoolLayout pool;
    private final List<String> prefixes;
    private final Map<Unit, PlannedUnit> shared = new HashMap<>();
    private final Set<Unit> own = new HashSet<>();
    private String lastDir = "";
    private Place lastPlace = Place.OTHER;

    /**
     * What an earlier run of the backup wrote is shared by now. What ends with this run's name and is in no plan is left to
     * the sweep, which knows whether other backups have it.
     *
     * @param run what the names of own units end with
     */
    PoolScope(PoolLayout pool, UnitTables units, String run) {
        this.pool = pool;
        this.prefixes =
                units.collections().stream().map(pool::collectionDir).sorted().toList();
        try (Stream<PlannedUnit> all = units.byPath()) {
            all.forEach(one -> {
                if (one.parent() == PlannedUnit.OWN && one.unit().run().equals(run)) {
                    own.add(one.unit());
                } else {
                    shared.put(one.unit(), one);
                }
            });
        }
    }

    /** Whether this run writes anything. */
    boolean hasOwn() {
        return !own.isEmpty();
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
        if (own.contains(unit)) {
            return Place.OWN;
        }
        return shared.containsKey(unit) ? Place.SHARED : Place.OTHER;
    }

    /** The shared unit that an object lies in. */
    PlannedUnit unitOf(String key) {
        return pool.unitOf(key).map(shared::get).orElseThrow();
    }
}
