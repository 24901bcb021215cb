package io.migrator.backup.pool;

import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.PlannedUnit;
import io.migrator.backup.state.UnitParent;
import io.migrator.catalog.ManifestCursor;
import io.migrator.copy.PlannedCopy;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.own.ObjectManifestReader;
import io.migrator.format.pool.Unit;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes tags and checksums of shared objects from their parents' manifests, each read once, beside the plan in the same
 * order. A unit whose objects are not in there as the plan has them is none that can be relied on.
 */
final class ParentManifests {
    private static final int BATCH = 1000;

    private final ObjectStore vault;
    private final PoolLayout pool;
    private final BackupState state;
    private final ParentSeals seals;

    ParentManifests(ObjectStore vault, PoolLayout pool, BackupState state, ParentSeals seals) {
        this.vault = vault;
        this.pool = pool;
        this.state = state;
        this.seals = seals;
    }

    /**
     * Of a parent's units.
     *
     * @param fault why the manifest is worth nothing; empty where it was read
     */
    record Learned(List<PlannedUnit> unknown, String fault) {}

    /** Looks up all units of this parent that were not looked at yet; the unknown ones stay as they are. */
    Learned learn(UnitParent parent) {
        List<PlannedUnit> planned = state.units().of(parent, PlannedUnit.State.PLANNED);
        Map<Unit, PlannedUnit> wanted = new HashMap<>();
        planned.forEach(one -> wanted.put(one.unit(), one));
        Set<Unit> unknown = new HashSet<>();
        VaultLayout layout = new VaultLayout(vault.config().rootPath(), parent.name());
        String manifest = layout.objectManifest();
        try (ParentSeals.Watched in = seals.open(layout, manifest);
                ObjectManifestReader reader = new ObjectManifestReader(in)) {
            ManifestCursor cursor = new ManifestCursor(reader, entry -> {});
            for (long collection : inOrder(planned)) {
                try (Stream<PlannedCopy> rows = state.plan().byTargetKey(collection)) {
                    learn(cursor, rows, wanted, unknown);
                }
            }
            // What is damaged further on is not believed before it either.
            cursor.drain();
            in.requireSealed();
        } catch (DamagedMetaException e) {
            return new Learned(planned, "its object manifest is damaged: " + e.getMessage());
        } catch (MigratorException e) {
            if (e.failure() != Failure.NOT_FOUND) {
                throw e;
            }
            return new Learned(planned, "it is gone");
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "read",
                    manifest,
                    "the connection broke: " + e.getMessage(),
                    "Run the command again.",
                    e);
        }
        return new Learned(
                planned.stream().filter(one -> unknown.contains(one.unit())).toList(),
                unknown.isEmpty() ? "" : "its object manifest does not have all of their files");
    }

    /** Collections in the order of listings. */
    private List<Long> inOrder(List<PlannedUnit> units) {
        return units.stream()
                .map(one -> one.unit().collection())
                .distinct()
                .sorted(Comparator.comparing(pool::collectionDir))
                .toList();
    }

    private void learn(
            ManifestCursor manifest, Stream<PlannedCopy> rows, Map<Unit, PlannedUnit> wanted, Set<Unit> unknown)
            throws IOException {
        List<PlannedCopy> known = new ArrayList<>();
        String dir = "";
        Unit current = null;
        for (PlannedCopy row : (Iterable<PlannedCopy>) rows::iterator) {
            String key = row.targetKey();
            if (dir.isEmpty() || !key.startsWith(dir)) {
                Unit unit = pool.unitOf(key).orElseThrow();
                dir = pool.unitDir(unit);
                current = wanted.containsKey(unit) ? unit : null;
            }
            if (current == null) {
                continue;
            }
            Optional<StoredObject> object = manifest.find(
                            key.substring(pool.dataDir().length()))
                    .filter(entry -> isCopyOf(entry, row.source()))
                    .map(entry -> new StoredObject(key, entry.size(), entry.etag(), entry.checksum()));
            if (object.isEmpty()) {
                unknown.add(current);
                continue;
            }
            known.add(row.copied(object.get()));
            if (known.size() == BATCH) {
                state.plan().copied(known);
                known.clear();
            }
        }
        state.plan().copied(known);
    }

    private static boolean isCopyOf(ObjectEntry entry, StoredObject source) {
        return entry.size() == source.size() && entry.sourceEtag().equals(source.etag());
    }
}
