package io.migrator.backup;

import io.migrator.format.VaultLayout;
import io.migrator.milvus.MilvusSource;
import io.migrator.store.ObjectStore;

/**
 * Where a backup comes from and where it goes to.
 *
 * @param milvusStore the bucket Milvus writes to; only read
 */
record Places(MilvusSource source, ObjectStore milvusStore, ObjectStore vault, VaultLayout layout)
        implements AutoCloseable {
    @Override
    public void close() {
        try (source;
                milvusStore) {
            vault.close();
        }
    }
}
