package io.migrator.catalog;

import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.LevelJoin;
import io.migrator.format.meta.MetaFile;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of its small files a backup has: two requests tell whether it is complete, and one tells that of the pool's.
 *
 * @param layout where its metas and logs lie; the units of one of the pool are read when a log is looked for
 * @param listed whether it has a list of units
 */
record BackupFiles(
        VaultLayout layout,
        Set<MetaFile> metas,
        boolean held,
        boolean marked,
        boolean leased,
        boolean recorded,
        boolean listed,
        boolean provable) {
    /** The directories that milvus-backup or migrator make in a backup; without one, a directory is no backup. */
    private static final Set<String> DIRECTORIES = Set.of("binlogs", "meta", "migrator", "bundle");

    /** @param plain the layout that the backup has where it is not of the pool */
    static BackupFiles look(ObjectStore vault, VaultLayout plain, PoolUnits units) {
        // These files come before the schemas, of which there may be thousands.
        Set<String> own = keys(vault, plain.ownDir(), object -> object.key().compareTo(plain.runRecord()) <= 0);
        VaultLayout pooled = units.of(plain);
        boolean ofPool = own.contains(plain.refs()) || own.stream().anyMatch(key -> key.startsWith(pooled.metaDir()));
        VaultLayout layout = ofPool ? pooled : plain;
        Set<String> inMeta = ofPool ? own : keys(vault, plain.metaDir(), object -> true);
        Set<MetaFile> metas = EnumSet.noneOf(MetaFile.class);
        for (MetaFile file : MetaFile.values()) {
            if (inMeta.contains(layout.meta(file))) {
                metas.add(file);
            }
        }
        return new BackupFiles(
                layout,
                metas,
                own.contains(layout.hold()),
                own.contains(layout.marker()),
                own.contains(layout.lease()),
                own.contains(layout.runRecord()),
                own.contains(layout.refs()),
                own.contains(layout.objectManifest()));
    }

    /** Whether there is anything of a backup, a half-made or half-deleted one included. */
    boolean isBackup(ObjectStore vault) {
        return marked
                || recorded
                || layout.isPooled()
                || !metas.isEmpty()
                || vault.listDirectories(layout.backupDir()).stream()
                        .filter(DIRECTORIES::contains)
                        .anyMatch(dir -> holdsAny(vault, layout.backupDir() + dir + "/"));
    }

    /** A server that keeps versions may list a directory of which every object was deleted. */
    private static boolean holdsAny(ObjectStore vault, String dir) {
        try (Stream<StoredObject> objects = vault.list(dir)) {
            return objects.findFirst().isPresent();
        }
    }

    /** Why the backup is not complete; empty where it is. */
    String missing() {
        if (marked) {
            return "it is still being made, or its making was interrupted";
        }
        if (leased && metas.isEmpty()) {
            return "a run has just begun or ended to work on it, or was interrupted there";
        }
        if (!metas.contains(MetaFile.BACKUP)) {
            return inBackup(MetaFile.BACKUP) + " is missing";
        }
        if (!metas.contains(MetaFile.FULL) && !canBeRebuilt()) {
            return inBackup(MetaFile.FULL) + " is missing";
        }
        return lostUnits() ? inBackup(layout.refs()) + " is missing" : "";
    }

    /** Whether nothing but the list of its units is missing: no run leaves one so, for the list is written first and deleted last. */
    boolean lostUnits() {
        return layout.isPooled()
                && !listed
                && !marked
                && metas.contains(MetaFile.BACKUP)
                && metas.contains(MetaFile.FULL);
    }

    private String inBackup(MetaFile file) {
        return inBackup(layout.meta(file));
    }

    private String inBackup(String key) {
        return key.substring(layout.backupDir().length());
    }

    /** The level files are for backups of milvus-backup's first versions, which are none of the pool. */
    boolean canBeRebuilt() {
        return !layout.isPooled() && metas.containsAll(LevelJoin.FILES);
    }

    private static Set<String> keys(ObjectStore vault, String dir, Predicate<StoredObject> wanted) {
        try (Stream<StoredObject> objects = vault.list(dir)) {
            return objects.takeWhile(wanted).map(StoredObject::key).collect(Collectors.toSet());
        }
    }
}
