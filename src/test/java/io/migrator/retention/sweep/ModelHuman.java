package io.migrator.retention.sweep;

import io.migrator.format.layout.VaultLayout;
import io.migrator.store.StoredObject;
import java.util.List;
import java.util.stream.Stream;

/** Takes a backup's directory away with other tools, which know no lease, object by object in the order of a listing. */
final class ModelHuman extends ModelActor {
    private final String name;

    ModelHuman(World world, String name) {
        super(world);
        this.name = name;
    }

    @Override
    void work() {
        List<String> keys;
        try (Stream<StoredObject> objects = store().list(new VaultLayout("", name).backupDir())) {
            keys = objects.map(StoredObject::key).toList();
        }
        keys.forEach(key -> store().delete(List.of(key)));
    }
}
