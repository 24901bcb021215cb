package io.migrator.retention.sweep;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.pool.RefsWriter;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.lease.Fence;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;

/** The list of units of a backup that is being made: written only in place of the one that is known, so one who slept writes over nobody's. */
final class ModelList {
    private final ObjectStore store;
    private final String key;
    private final boolean careless;
    /** As it was last seen or written; empty before. */
    private String tag = "";

    /** @param careless writes over whatever lies there */
    ModelList(ObjectStore store, String key, boolean careless) {
        this.store = store;
        this.key = key;
        this.careless = careless;
    }

    /** What was found is known. */
    byte[] read(StoredObject found) {
        tag = found.etag();
        return store.read(key, 1 << 20);
    }

    void write(String run, Collection<Unit> units, Fence own) throws IOException {
        byte[] content = bytes(run, units);
        if (careless) {
            store.write(key, content);
        } else if (tag.isEmpty() && store.writeIfAbsent(key, content)) {
            tag = found();
        } else {
            String before = tag;
            if (before.isEmpty()) {
                // Written late by one that had this name before: looked at first, so that the lease is proven for it.
                before = found();
                own.confirm();
            }
            tag = store.writeIfMatch(key, content, before)
                    .map(StoredObject::etag)
                    .orElseThrow(() -> new MigratorException(Failure.LOCKED, "the list is another's"));
        }
    }

    private String found() {
        return store.find(key).map(StoredObject::etag).orElse("");
    }

    private static byte[] bytes(String run, Collection<Unit> units) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RefsWriter writer = new RefsWriter(bytes, run)) {
            for (Unit unit :
                    units.stream().distinct().sorted(Comparator.naturalOrder()).toList()) {
                writer.write(new UnitRef(unit, 2, 10));
            }
            writer.finish();
        }
        return bytes.toByteArray();
    }
}
