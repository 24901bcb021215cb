package io.migrator.catalog;

import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.store.BucketSettings.Lock;
import io.migrator.store.Hold;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the store lets a backup go as a whole, asked before anything of it is deleted. */
final class Holds {
    /** Each costs a request; with more a deletion would begin minutes later. */
    private static final int MOST_ASKED = 10_000;

    private static final int AT_ONCE = 16;

    private final ObjectStore vault;
    private final VaultLayout layout;

    Holds(ObjectStore vault, VaultLayout layout) {
        this.vault = vault;
        this.layout = layout;
    }

    /** CONFLICT where an object cannot be deleted for good now. */
    void requireNone(String name) {
        // What every backup has tells of a lock that is for all, wherever it is told at all.
        Stream.concat(
                        Stream.of(MetaFile.values()).map(layout::meta),
                        Stream.of(layout.marker(), layout.runRecord(), layout.objectManifest()))
                .forEach(key -> require(name, key, vault.hold(key)));
        if (locks()) {
            requireNoneOf(name, first());
        }
    }

    private boolean locks() {
        return vault.settings()
                .map(settings -> settings.lock().kind())
                .filter(kind -> kind != Lock.Kind.NONE && kind != Lock.Kind.NOT_TOLD)
                .isPresent();
    }

    private List<String> first() {
        try (Stream<StoredObject> objects = vault.list(layout.backupDir())) {
            return objects.map(StoredObject::key)
                    .filter(key -> !key.equals(layout.lease()))
                    .limit(MOST_ASKED)
                    .toList();
        }
    }

    private void requireNoneOf(String name, List<String> keys) {
        try (WorkerPool pool = new WorkerPool("holds", AT_ONCE)) {
            List<Optional<Hold>> holds = pool.map(keys, vault::hold);
            for (int i = 0; i < keys.size(); i++) {
                require(name, keys.get(i), holds.get(i));
            }
        }
    }

    private static void require(String name, String key, Optional<Hold> found) {
        found.ifPresent(hold -> {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    "delete",
                    name,
                    "%s is %s".formatted(key, hold.words()),
                    "Nothing was deleted. Repeat this once the store lets it go.");
        });
    }
}
