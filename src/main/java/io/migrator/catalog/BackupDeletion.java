package io.migrator.catalog;

import io.migrator.batch.ThisProcess;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.own.Marker;
import io.migrator.format.own.OwnJson;
import io.migrator.lease.Fence;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes a backup in an order in which it never looks complete, nor like one that is still being made: first a marker says
 * what goes on, then {@code backup_meta.json} goes, without which milvus-backup takes it for none; the marker goes last, and
 * before it, of a backup of the pool, the list of its units. A lease is left to whoever holds it.
 */
final class BackupDeletion {
    /** The most keys that one S3 request deletes. */
    private static final int BATCH = 1000;

    /** No object, and none that a policy singles out. */
    private static final String NOTHING = "binlogs/.migrator-delete";

    private final ObjectStore vault;
    private final VaultLayout layout;
    private final boolean pooled;
    private final Fence own;
    private final Deletion deletion;
    private Fence fence;

    /**
     * @param layout of the backup as it was found
     * @param own fails where the backup may not be deleted any more
     */
    BackupDeletion(ObjectStore vault, VaultLayout layout, Fence own, Deletion deletion) {
        this.vault = vault;
        this.layout = layout;
        this.pooled = layout.isPooled();
        this.own = own;
        this.fence = own;
        this.deletion = deletion;
    }

    /** The number of objects deleted; 0 where there was nothing but a lease. */
    long run() {
        if (isEmpty()) {
            return 0;
        }
        if (pooled) {
            // With it in hand no sweep reads lists of units, of which this one is about to go.
            fence = own.and(deletion.pool());
        }
        // The right is known by using it: a key that only adds could write the marker, and the backup would be complete
        // for nobody any more.
        delete(List.of(layout.backupDir() + NOTHING));
        boolean before = vault.find(layout.marker()).isPresent();
        long deleted = before ? 1 : 0;
        fence.requireHeld();
        vault.write(layout.marker(), marker());
        try {
            deletion.marked();
        } catch (MigratorException e) {
            if (!before) {
                takeBack();
            }
            throw e;
        }
        deleted += deleteContent();
        if (pooled) {
            // From the first of the metas on nobody takes this backup for a parent; until here it held its units.
            fence.confirm();
            vault.delete(List.of(layout.refs()));
            deleted++;
        }
        deletion.emptied(pooled || before);
        delete(List.of(layout.marker()));
        return deleted;
    }

    private long deleteContent() {
        long deleted = 0;
        Set<String> left = new HashSet<>(Set.of(layout.lease(), layout.marker(), layout.refs()));
        for (MetaFile file : List.of(MetaFile.BACKUP, MetaFile.FULL)) {
            String key = layout.meta(file);
            if (vault.find(key).isPresent()) {
                delete(List.of(key));
                left.add(key);
                deleted++;
            }
        }
        List<String> batch = new ArrayList<>(BATCH);
        try (Stream<StoredObject> objects = vault.list(layout.backupDir())) {
            for (Iterator<StoredObject> each = objects.iterator(); each.hasNext(); ) {
                String key = each.next().key();
                if (!left.contains(key)) {
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
        return deleted;
    }

    /** It is as complete as it was then. Who was told to stop must still do so, and a store asks no more for such a one. */
    private void takeBack() {
        boolean interrupted = Thread.interrupted();
        try {
            delete(List.of(layout.marker()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isEmpty() {
        try (Stream<StoredObject> objects = vault.list(layout.backupDir())) {
            return objects.allMatch(object -> object.key().equals(layout.lease()));
        }
    }

    /** Of no run and no work: whoever makes a backup of that name next ends the deletion first. */
    private byte[] marker() {
        ThisProcess self = ThisProcess.look();
        Marker marker =
                new Marker("", "", "migrator", self.version(), self.host(), self.pid(), Instant.now(), "", true);
        try {
            return OwnJson.write(marker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(List<String> keys) {
        fence.requireHeld();
        vault.delete(keys);
    }
}
