package io.migrator.catalog;

import io.migrator.format.MetaFile;
import io.migrator.format.VaultLayout;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes a backup in an order in which it never looks complete: {@code backup_meta.json} first, without which neither
 * milvus-backup nor migrator takes it for one; the marker last, so that a half-made backup stays known as that. A lease is
 * left to whoever holds it.
 */
final class BackupDeletion {
    /** The most keys that one S3 request deletes. */
    private static final int BATCH = 1000;

    private final ObjectStore vault;
    private final VaultLayout layout;
    private final Runnable fence;

    /** @param fence fails where the backup may not be deleted any more */
    BackupDeletion(ObjectStore vault, VaultLayout layout, Runnable fence) {
        this.vault = vault;
        this.layout = layout;
        this.fence = fence;
    }

    /** The number of objects deleted; 0 where there was nothing. */
    long run() {
        long deleted = 0;
        Set<String> first = new HashSet<>();
        for (MetaFile file : List.of(MetaFile.BACKUP, MetaFile.FULL)) {
            String key = layout.meta(file);
            if (vault.find(key).isPresent()) {
                delete(List.of(key));
                first.add(key);
                deleted++;
            }
        }
        boolean marked = false;
        List<String> batch = new ArrayList<>(BATCH);
        try (Stream<StoredObject> objects = vault.list(layout.backupDir())) {
            for (Iterator<StoredObject> each = objects.iterator(); each.hasNext(); ) {
                String key = each.next().key();
                if (key.equals(layout.marker())) {
                    marked = true;
                } else if (!first.contains(key) && !key.equals(layout.lease())) {
                    batch.add(key);
                    deleted++;
                }
                if (batch.size() == BATCH) {
                    delete(List.copyOf(batch));
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) {
            delete(List.copyOf(batch));
        }
        if (marked) {
            delete(List.of(layout.marker()));
            deleted++;
        }
        return deleted;
    }

    private void delete(List<String> keys) {
        fence.run();
        vault.delete(keys);
    }
}
