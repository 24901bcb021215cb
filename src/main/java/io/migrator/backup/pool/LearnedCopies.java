package io.migrator.backup.pool;

import io.migrator.backup.state.SharedUnits;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.pool.Unit;
import io.migrator.store.StoredObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What manifests say of shared units, on its way into the job database, many at once. */
final class LearnedCopies {
    private static final int BATCH = 20_000;

    private final SharedUnits shared;
    private final Map<Unit, List<StoredObject>> batch = new HashMap<>();
    private int objects;

    LearnedCopies(SharedUnits shared) {
        this.shared = shared;
    }

    void add(Unit unit, List<ObjectEntry> entries) {
        batch.put(
                unit,
                entries.stream()
                        .map(entry -> new StoredObject("", entry.size(), entry.etag(), entry.checksum()))
                        .toList());
        objects += entries.size();
        if (objects >= BATCH) {
            end();
        }
    }

    void end() {
        shared.learned(batch);
        batch.clear();
        objects = 0;
    }
}
