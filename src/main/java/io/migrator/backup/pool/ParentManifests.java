package io.migrator.backup.pool;

import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.PlannedUnit;
import io.migrator.backup.state.UnitParent;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.own.ObjectManifestReader;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes tags and checksums of shared objects from their parents' manifests, each read once, beside the
 * plan in the same order. A unit whose objects are not in
 * there as its name says is none that can be relied on.
 */
final class ParentManifests {
    private final ObjectStore vault;
    private final BackupState state;
    private final ParentSeals seals;

    ParentManifests(ObjectStore vault, BackupState state, ParentSeals seals) {
        this.vault = vault;
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
        VaultLayout layout = new VaultLayout(vault.config().rootPath(), parent.name());
        String manifest = layout.objectManifest();
        List<PlannedUnit> unknown;
        try (ParentSeals.Watched in = seals.open(layout, manifest);
                ObjectManifestReader reader = new ObjectManifestReader(in);
                Stream<PlannedUnit> planned = state.units().byPath(parent, PlannedUnit.State.PLANNED)) {
            unknown = learn(reader, planned.iterator());
            // What is damaged further on is not believed before it either.
            in.requireSealed();
        } catch (DamagedMetaException e) {
            return new Learned(planned(parent), "its object manifest is damaged: " + e.getMessage());
        } catch (MigratorException e) {
            if (e.failure() != Failure.NOT_FOUND) {
                throw e;
            }
            return new Learned(planned(parent), "it is gone");
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "read",
                    manifest,
                    "the connection broke: " + e.getMessage(),
                    "Run the command again.",
                    e);
        }
        return new Learned(unknown, unknown.isEmpty() ? "" : "its object manifest does not have all of their files");
    }

    private List<PlannedUnit> planned(UnitParent parent) {
        return state.units().of(parent, PlannedUnit.State.PLANNED);
    }

    /** Reads both to their ends, which are in one order; those that are not there as they were named. */
    private List<PlannedUnit> learn(ObjectManifestReader manifest, Iterator<PlannedUnit> planned) throws IOException {
        List<PlannedUnit> unknown = new ArrayList<>();
        LearnedCopies learned = new LearnedCopies(state.shared());
        PlannedUnit wanted = next(planned);
        ObjectEntry entry = manifest.next();
        while (entry != null) {
            UnitEntries unit = UnitEntries.of(entry.key()).orElse(null);
            while (wanted != null && unit != null && wanted.unit().compareTo(unit.unit()) < 0) {
                unknown.add(wanted);
                wanted = next(planned);
            }
            PlannedUnit meant = wanted != null && unit != null && wanted.unit().equals(unit.unit()) ? wanted : null;
            List<ObjectEntry> entries = new ArrayList<>();
            do {
                if (meant != null) {
                    entries.add(entry);
                }
                entry = manifest.next();
            } while (entry != null && unit != null && unit.has(entry.key()));
            if (meant != null && unit != null && unit.are(entries)) {
                learned.add(meant.unit(), entries);
            } else if (meant != null) {
                unknown.add(meant);
            }
            wanted = meant == null ? wanted : next(planned);
        }
        for (; wanted != null; wanted = next(planned)) {
            unknown.add(wanted);
        }
        learned.end();
        return unknown;
    }

    private static @Nullable PlannedUnit next(Iterator<PlannedUnit> planned) {
        return planned.hasNext() ? planned.next() : null;
    }
}
