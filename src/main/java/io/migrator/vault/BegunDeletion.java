package io.migrator.vault;

import io.migrator.catalog.Catalog;
import io.migrator.catalog.Deletion;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Marker;
import io.migrator.lease.DeletersLease;
import io.migrator.lease.Fence;
import io.migrator.lease.Readers;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A deletion that somebody began and did not end, of a backup whose name another is to have. */
final class BegunDeletion {
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final Catalog catalog;
    private final Consumer<String> notes;

    BegunDeletion(ObjectStore vault, VaultLayout layout, Catalog catalog, Consumer<String> notes) {
        this.vault = vault;
        this.layout = layout;
        this.catalog = catalog;
        this.notes = notes;
    }

    /** Units that nobody else names go with the next sweep. */
    void end(Marker existing, Fence own, BooleanSupplier stop) {
        notes.accept("ending the deletion of the backup that was there (%s)".formatted(existing.told()));
        Readers readers = new Readers(vault, layout, notes);
        readers.requireNone();
        PoolLayout pool = new PoolLayout(vault.config().rootPath());
        try (DeletersLease deleters =
                new DeletersLease(() -> Stores.open(vault.config()), pool, "backup", notes, stop)) {
            catalog.delete(layout.name(), own, new Deletion() {
                @Override
                public void marked() {
                    readers.requireNone();
                }

                @Override
                public Fence pool() {
                    return deleters.taken();
                }
            });
        }
    }
}
