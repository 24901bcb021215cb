package io.migrator.backup.pool;

import io.migrator.backup.state.PlannedUnit;
import io.migrator.copy.CopyProof;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Has shared units that are missing or damaged copied anew from Milvus, and names the backups that they are missing in, too. */
final class Healing implements CopyProof.Shared {
    private final ObjectStore vault;
    private final PoolScope scope;
    private final ParentSearch search;
    private final String source;
    private final Map<Unit, PlannedUnit> damaged = new LinkedHashMap<>();
    private String first = "";

    /** @param source whose backups are looked through */
    Healing(ObjectStore vault, PoolScope scope, ParentSearch search, String source) {
        this.vault = vault;
        this.scope = scope;
        this.search = search;
        this.source = source;
    }

    @Override
    public void damaged(String key, String fault) {
        PlannedUnit unit = scope.unitOf(key);
        damaged.putIfAbsent(unit.unit(), unit);
        if (first.isEmpty()) {
            first = key + ": " + fault;
        }
    }

    /** SOURCE_CHANGED where there is something to heal: the steps are run again, and copy it. */
    void heal(OwnUnits own) {
        if (damaged.isEmpty()) {
            return;
        }
        own.take(damaged.values());
        List<String> sharing = search.find(source).stream()
                .filter(this::shares)
                .map(Candidate::name)
                .toList();
        throw MigratorException.unable(
                Failure.SOURCE_CHANGED,
                "share",
                Counted.of(damaged.size(), "unit"),
                "not as they were copied; first: %s. Backups that have them, too, and do not restore whole any more: %s"
                        .formatted(first, sharing.isEmpty() ? "none" : String.join(", ", sharing)),
                "They are copied anew from Milvus for this backup.");
    }

    private boolean shares(Candidate one) {
        try (RefsReader refs = new RefsReader(vault.open(one.layout().refs()))) {
            List<UnitRef> found = new ArrayList<>();
            for (UnitRef ref = refs.next(); ref != null && found.isEmpty(); ref = refs.next()) {
                if (damaged.containsKey(ref.unit())) {
                    found.add(ref);
                }
            }
            return !found.isEmpty();
        } catch (IOException | MigratorException e) {
            // What cannot be read tells nothing; verify does.
            return false;
        }
    }
}
