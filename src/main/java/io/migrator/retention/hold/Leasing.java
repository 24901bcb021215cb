package io.migrator.retention.hold;

import io.migrator.config.StorageConfig;
import io.migrator.format.layout.VaultLayout;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.LeaseTerms;
import io.migrator.lease.VaultLease;
import io.migrator.store.connect.Stores;
import java.util.UUID;
import java.util.function.Consumer;

/** Work on a complete backup that nobody else may work on meanwhile. */
final class Leasing {
    private final StorageConfig vault;
    private final Consumer<String> notes;

    Leasing(StorageConfig vault, Consumer<String> notes) {
        this.vault = vault;
        this.notes = notes;
    }

    /** What is done with the lease in hand. */
    interface Work<T> {
        T with(VaultLease lease);
    }

    /** LOCKED where another run has the backup and is alive. */
    <T> T with(String backup, String job, Work<T> work) {
        VaultLayout layout = new VaultLayout(vault.rootPath(), backup);
        try (VaultLease lease = new VaultLease(Stores.open(vault), layout, LeaseTerms.usual(), notes)) {
            lease.take(LeaseHolder.of(UUID.randomUUID().toString(), job), () -> false);
            lease.confirm();
            return work.with(lease);
        }
    }
}
