package io.migrator.verify;

import io.migrator.catalog.Catalog;
import io.migrator.catalog.Finding;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which backups are hit by what was found: those that have a damaged unit, and those whose own files are damaged. */
final class DamagedUnits {
    private final String rootDir;
    private final PoolLayout pool;
    private final Map<Unit, Hit> units = new HashMap<>();
    private final Set<String> backups = new TreeSet<>();

    DamagedUnits(String rootPath) {
        this.rootDir = VaultLayout.rootDir(rootPath);
        this.pool = new PoolLayout(rootPath);
    }

    /** A damaged unit. */
    private static final class Hit {
        /** Hashes of keys: two backups may have told the same one. */
        private final Set<Integer> missing = new HashSet<>();

        private boolean gone;
        private final Set<String> holders = new TreeSet<>();
    }

    /**
     * @param gone whether nothing of it is there
     * @param holders the backups that have it
     */
    record Damaged(String unit, boolean gone, List<String> holders) {}

    void add(Finding finding) {
        Unit unit = pool.unitOf(finding.key()).orElse(null);
        if (unit == null) {
            backup(finding.key()).ifPresent(backups::add);
            return;
        }
        Hit hit = units.computeIfAbsent(unit, any -> new Hit());
        if (finding.kind() == Finding.Kind.MISSING) {
            hit.missing.add(finding.key().hashCode());
        }
    }

    /** None for what lies in the pool: a partition of it is of all backups that have one of its units. */
    private Optional<String> backup(String key) {
        if (key.startsWith(pool.dir())) {
            return Optional.empty();
        }
        int end = key.startsWith(rootDir) ? key.indexOf('/', rootDir.length()) : -1;
        return end < 0 ? Optional.empty() : Optional.of(key.substring(rootDir.length(), end));
    }

    /** Looks who has the units. Backups that were deleted since are passed over. */
    void ask(Catalog catalog, List<String> names) {
        backups.removeIf(name -> names.contains(name) && !catalog.lacking(name).isEmpty());
        for (String name : names) {
            if (!units.isEmpty() && catalog.lacking(name).isEmpty()) {
                ask(catalog.layout(name));
            }
        }
    }

    private void ask(VaultLayout layout) {
        try {
            layout.units().ifPresent(table -> table.all().forEach(ref -> hit(layout.name(), ref)));
        } catch (MigratorException e) {
            // That its list cannot be read was found, too.
            if (e.failure() != Failure.CORRUPT) {
                throw e;
            }
        }
    }

    private void hit(String name, UnitRef ref) {
        Hit hit = units.get(ref.unit());
        if (hit != null) {
            hit.gone = hit.missing.size() >= ref.objects();
            hit.holders.add(name);
            backups.add(name);
        }
    }

    /** Backups that something is wrong with. */
    Set<String> backups() {
        return Set.copyOf(backups);
    }

    /** In the order of their names; without those that no backup has any more. */
    List<Damaged> units() {
        Map<String, Damaged> sorted = new TreeMap<>();
        units.forEach((unit, hit) -> {
            if (!hit.holders.isEmpty()) {
                sorted.put(unit.path(), new Damaged(unit.path(), hit.gone, List.copyOf(hit.holders)));
            }
        });
        return List.copyOf(sorted.values());
    }

    /** Which backups a finding is about; none where they were deleted since. */
    List<String> of(Finding finding) {
        Unit unit = pool.unitOf(finding.key()).orElse(null);
        if (unit != null) {
            Hit hit = units.get(unit);
            return hit == null ? List.of() : List.copyOf(hit.holders);
        }
        return backup(finding.key()).filter(backups::contains).stream().toList();
    }
}
