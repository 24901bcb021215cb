package io.migrator.export;

import io.migrator.batch.JobContext;
import io.migrator.catalog.Catalog;
import io.migrator.config.StorageConfig;
import io.migrator.format.layout.VaultLayout;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;

/**
 * Where a backup is copied from and where to.
 *
 * @param from its vault; only read, but for the note that it is read
 * @param into the vault of the copy, which may be the same
 * @param source the directory of the backup there; where it shares in a pool, its files lie elsewhere
 * @param target the copy, in milvus-backup's layout
 */
record ExportPlaces(ObjectStore from, ObjectStore into, VaultLayout source, VaultLayout target)
        implements AutoCloseable {
    static ExportPlaces of(JobContext context, ExportOptions options) {
        StorageConfig vault = context.config().vault();
        StorageConfig other = context.config().otherSide().vault();
        return new ExportPlaces(
                Stores.throttled(Stores.open(vault), options.throttle()),
                Stores.throttled(Stores.open(other), options.throttle()),
                new VaultLayout(vault.rootPath(), context.name()),
                new VaultLayout(other.rootPath(), options.to()));
    }

    Catalog catalog() {
        return new Catalog(from, from.config().rootPath());
    }

    /** Whether the copy would be the backup itself, as far as addresses tell. */
    boolean same() {
        return from.config().sameBucket(into.config()) && source.backupDir().equals(target.backupDir());
    }

    /** How records name the vault of the backup. */
    String fromPlace() {
        return from.config().place();
    }

    String intoPlace() {
        return into.config().display() + "/" + target.backupDir();
    }

    @Override
    public void close() {
        try (from) {
            into.close();
        }
    }
}
