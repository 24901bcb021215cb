package io.migrator.catalog;

import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Delete-only segments of all partitions that nothing describes: the level files do not hold them, and without them rows
 * that were deleted would come back.
 */
public final class LostDeletes {
    private LostDeletes() {}

    /**
     * The directory in which they lie; empty where there are none.
     *
     * @param collection of a backup that was rebuilt from level files, which one of the pool never is
     */
    public static Optional<String> of(ObjectStore vault, VaultLayout layout, CollectionInfo collection) {
        if (!collection.level0Segments().isEmpty()) {
            return Optional.empty();
        }
        String dir = layout.deltaPartitionDir(collection.collectionId(), VaultLayout.ALL_PARTITIONS);
        try (Stream<StoredObject> deletes = vault.list(dir)) {
            return deletes.findAny().map(object -> dir);
        }
    }
}
