package io.migrator.backup.pool;

import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.PlannedUnit;
import io.migrator.backup.state.PlannedUnit.State;
import io.migrator.backup.state.UnitParent;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.report.Progress;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The step {@code declare}: writes the list of all units, shared ones and those to be written, and only then asks whether
 * the backups they are taken from are still there. Whoever deletes what no list names sees either this list or theirs.
 */
final class Declare {
    private final ObjectStore vault;
    private final BackupState state;
    private final OwnRun run;
    private final OwnRefs refs;
    private final ParentManifests manifests;
    private final OwnUnits own;
    private final Progress progress;

    Declare(
            ObjectStore vault,
            BackupState state,
            OwnRun run,
            OwnRefs refs,
            ParentManifests manifests,
            OwnUnits own,
            Progress progress) {
        this.vault = vault;
        this.state = state;
        this.run = run;
        this.refs = refs;
        this.manifests = manifests;
        this.own = own;
        this.progress = progress;
    }

    void run() {
        progress.stage("declare");
        requireUnits();
        do {
            learn();
            write();
        } while (!holds());
        state.units().held();
    }

    /** A plan that has lost a unit looks like that of a smaller backup: its files would lie where no list holds them. */
    private void requireUnits() {
        Map<Long, Long> own = state.units().ownObjectsByCollection();
        Map<Long, Long> planned = state.plan().objectsByOwner();
        Map<Long, Long> all = state.objects();
        List<Long> lost = state.collections().collections().stream()
                .map(CollectionInfo::collectionId)
                .filter(id -> !planned.getOrDefault(id, 0L).equals(own.getOrDefault(id, 0L)) || hasLost(id, all))
                .toList();
        if (!lost.isEmpty()) {
            lost.forEach(state::again);
            throw MigratorException.unable(
                    Failure.SOURCE_CHANGED,
                    "share",
                    Counted.of(lost.size(), "collection"),
                    "the job database does not hold all of their units any more",
                    "They are flushed and planned anew.");
        }
    }

    private boolean hasLost(long collection, Map<Long, Long> objects) {
        return state.collections()
                .plannedTotals(collection)
                .filter(planned -> planned.objects() != objects.getOrDefault(collection, 0L))
                .isPresent();
    }

    private void learn() {
        for (UnitParent parent : state.units().parents(State.PLANNED)) {
            ParentManifests.Learned learned = manifests.learn(parent);
            state.transactions().run(() -> {
                own.take(learned.unknown());
                state.units().known(parent);
            });
            tell(parent, learned.unknown(), learned.fault());
        }
    }

    private void write() {
        Optional<OwnRefs.Seen> before = refs.read();
        if (before.isEmpty() && run.hasDeclared()) {
            throw gone();
        }
        // Only what is readable can be kept; a list that is not was met in preflight, and its units are not used.
        OwnRefs.Seen kept = before.filter(seen -> seen.run().isPresent()).orElse(null);
        byte[] list;
        try (Stream<PlannedUnit> units = state.units().byPath()) {
            list = OwnRefs.list(run.id(), units, kept);
        }
        run.declares();
        refs.write(list, before);
    }

    private MigratorException gone() {
        return MigratorException.unable(
                Failure.SOURCE_CHANGED,
                "go on with",
                "the list of units",
                "somebody deleted it",
                "All is planned anew, and no unit is used that may have been deleted with it.");
    }

    /** Whether all that is not held yet is taken from backups that are there; what is not is to be copied. */
    private boolean holds() {
        boolean all = true;
        for (UnitParent parent : state.units().parents(State.KNOWN)) {
            if (!isThere(parent)) {
                List<PlannedUnit> units = state.units().of(parent, State.KNOWN);
                own.take(units);
                tell(parent, units, "it was deleted or changed since");
                all = false;
            }
        }
        return all;
    }

    /**
     * The marker first: where there is none, the list that is there afterwards and is still the one that was read is that of
     * a complete backup, and neither its deletion nor a run that makes it on has come to its list yet.
     */
    private boolean isThere(UnitParent parent) {
        VaultLayout layout = new VaultLayout(vault.config().rootPath(), parent.name());
        return vault.find(layout.marker()).isEmpty()
                && has(layout.refs(), parent.refsEtag())
                && has(layout.ownDir() + "meta/" + MetaFile.BACKUP.fileName(), parent.headEtag());
    }

    private boolean has(String key, String etag) {
        return vault.find(key).map(StoredObject::etag).filter(etag::equals).isPresent();
    }

    private void tell(UnitParent parent, List<PlannedUnit> units, String fault) {
        if (!units.isEmpty()) {
            progress.note("copying %s that backup %s has, too: %s"
                    .formatted(Counted.of(units.size(), "unit"), parent.name(), fault));
        }
    }
}
