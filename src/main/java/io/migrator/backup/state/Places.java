package io.migrator.backup.state;

import io.migrator.format.layout.VaultLayout;
import io.migrator.milvus.MilvusSource;
import io.migrator.store.ObjectStore;

/**
 * Where a backup comes from and where it goes to.
 *
 * @param milvusStore the bucket Milvus writes to; only read
 */
public record Places(MilvusSource source, ObjectStore milvusStore, ObjectStore vault, VaultLayout layout)
        implements AutoCloseable {
    /** Fails where one of the two buckets is gone. */
    public void requireStores() {
        milvusStore.requireReachable();
        vault.requireReachable();
    }

    @Override
    public void close() {
        try (source;
                milvusStore) {
            vault.close();
        }
    }
}
