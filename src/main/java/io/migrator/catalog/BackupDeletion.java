package io.migrator.catalog;

import io.migrator.batch.ThisProcess;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.own.Marker;
import io.migrator.format.own.OwnJson;
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
 * what goes on, then {@code backup_meta.json} goes, without which milvus-backup takes it for none; the marker goes last. A
 * lease is left to whoever holds it.
 */
final class BackupDeletion {
    /** The most keys that one S3 request deletes. */
    private static final int BATCH = 1000;

    /** No object, and none that a policy singles out. */
    private static final String NOTHING = "binlogs/.migrator-delete";

    private final ObjectStore vault;
    private final VaultLayout layout;
    private final Runnable fence;
    private final Runnable marked;

    /**
     * @param fence fails where the backup may not be deleted any more
     * @param marked called once the marker is there, which readers look at; ends the deletion by failing
     */
    BackupDeletion(ObjectStore vault, VaultLayout layout, Runnable fence, Runnable marked) {
        this.vault = vault;
        this.layout = layout;
        this.fence = fence;
        this.marked = marked;
    }

    /** The number of objects deleted; 0 where there was nothing but a lease. */
    long run() {
        if (isEmpty()) {
            return 0;
        }
        // The right is known by using it: a key that only adds could write the marker, and the backup would be complete
        // for nobody any more.
        delete(List.of(layout.backupDir() + NOTHING));
        boolean before = vault.find(layout.marker()).isPresent();
        long deleted = before ? 1 : 0;
        fence.run();
        vault.write(layout.marker(), marker());
        try {
            marked.run();
        } catch (MigratorException e) {
            if (!before) {
                takeBack();
            }
            throw e;
        }
        Set<String> first = new HashSet<>();
        for (MetaFile file : List.of(MetaFile.BACKUP, MetaFile.FULL)) {
            String key = layout.meta(file);
            if (vault.find(key).isPresent()) {
                delete(List.of(key));
                first.add(key);
                deleted++;
            }
        }
        List<String> batch = new ArrayList<>(BATCH);
        try (Stream<StoredObject> objects = vault.list(layout.backupDir())) {
            for (Iterator<StoredObject> each = objects.iterator(); each.hasNext(); ) {
                String key = each.next().key();
                if (!first.contains(key) && !key.equals(layout.lease()) && !key.equals(layout.marker())) {
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
        delete(List.of(layout.marker()));
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
        fence.run();
        vault.delete(keys);
    }
}
