package io.migrator.store.connect;

import io.migrator.config.MigratorConfig;
import io.migrator.store.ObjectStore;
import io.migrator.store.throttle.Throttle;

/** Milvus' bucket and the vault, as a process uses them that copies between the two. */
public record BothStores(ObjectStore bucket, ObjectStore vault) implements AutoCloseable {
    /** Opens both without a request. */
    public static BothStores open(MigratorConfig config, Throttle throttle) {
        return new BothStores(
                Stores.throttled(Stores.open(config.milvusStorage()), throttle),
                Stores.throttled(Stores.open(config.vault()), throttle));
    }

    public void requireReachable() {
        bucket.requireReachable();
        vault.requireReachable();
    }

    @Override
    public void close() {
        try (bucket) {
            vault.close();
        }
    }
}
