package io.migrator.store.local;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectStore;

/** Opens folders of this machine, or of a share mounted on it. */
public final class LocalStores {
    private LocalStores() {}

    /** Opens the folder without looking whether it is there. USAGE where it is the root of the file system. */
    public static ObjectStore open(StorageConfig config) {
        if (config.bucketName().equals("/")) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "open",
                    config.bucketName(),
                    "the whole file system cannot be a storage",
                    "Set %s to a folder.".formatted(config.side().rootPathKey()));
        }
        return new LocalStore(config);
    }
}
