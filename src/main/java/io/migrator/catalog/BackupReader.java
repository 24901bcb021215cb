package io.migrator.catalog;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.LevelJoin;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import io.migrator.format.own.Marker;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the metas of one backup, whoever made it, and refuses those that cannot be restored whole. */
final class BackupReader {
    private static final String BRING_FULL = "Bring meta/full_meta.json back from a copy of the vault.";

    private final ObjectStore vault;
    private final VaultLayout layout;
    private final String name;
    private final Function<String, InputStream> opened;

    /** @param opened opens a meta by its key */
    BackupReader(ObjectStore vault, VaultLayout layout, String name, Function<String, InputStream> opened) {
        this.vault = vault;
        this.layout = layout;
        this.name = name;
        this.opened = opened;
    }

    void requireComplete(BackupFiles present) {
        if (!present.missing().isEmpty()) {
            throw incomplete(present);
        }
    }

    BackupInfo read(BackupFiles present) {
        requireComplete(present);
        BackupInfo backup = present.metas().contains(MetaFile.FULL) ? full(present) : rebuilt();
        if (backup.format() != null && !backup.format().isEmpty()) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "read",
                    name,
                    "the backup has the format '" + backup.format() + "', this program reads binlog backups only",
                    "Restore it with the milvus-backup that made it.");
        }
        return backup;
    }

    private MigratorException incomplete(BackupFiles present) {
        String cause = "the backup is not complete (" + present.missing() + ")";
        String advice = "Its making or its deletion was interrupted: delete it and make it again.";
        if (present.lostUnits()) {
            advice = "Bring the object back from a copy of the vault, or use another backup.";
        } else if (present.marked()) {
            Marker marker = marker();
            cause = "the backup is not complete (" + (marker == null ? "its marker cannot be read" : marker.told())
                    + ")";
            advice = marker != null && marker.deleting()
                    ? "Delete it again to finish that (delete -n " + name + ")."
                    : "Run the backup command again to finish it, or delete it.";
        }
        return MigratorException.unable(Failure.NOT_FOUND, "read", name, cause, advice);
    }

    private @Nullable Marker marker() {
        try {
            return new SmallFiles(vault).marker(layout);
        } catch (MigratorException e) {
            if (e.failure() == Failure.CORRUPT || e.failure() == Failure.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private BackupInfo full(BackupFiles present) {
        String key = layout.meta(MetaFile.FULL);
        try (InputStream json = open(MetaFile.FULL)) {
            return MetaJson.readFull(json);
        } catch (DamagedMetaException e) {
            String advice = present.canBeRebuilt()
                    ? "Bring the object back from a copy of the vault; or remove it, then the four other files beside it"
                            + " are read in its place."
                    : layout.isPooled()
                            ? "Bring the object back from a copy of the vault, or use another backup."
                            : "Bring the object back from a copy of the vault; the four other files it could be rebuilt"
                                    + " from are not all there.";
            throw damaged(key, e, advice);
        } catch (MetaStream.TooLargeException e) {
            throw tooLarge(key, e);
        } catch (IOException e) {
            throw unreachable(key, e);
        }
    }

    private BackupInfo rebuilt() {
        LevelJoin levels = new LevelJoin();
        LevelJoin.FILES.forEach(file -> read(file, levels));
        BackupInfo backup;
        try {
            backup = levels.joined();
        } catch (DamagedMetaException e) {
            throw damaged(layout.metaDir(), e, BRING_FULL);
        }
        backup.collections().forEach(this::requireNoLostDeletes);
        return backup;
    }

    private void read(MetaFile file, LevelJoin levels) {
        String key = layout.meta(file);
        try (InputStream json = open(file)) {
            levels.read(file, json);
        } catch (DamagedMetaException e) {
            throw damaged(key, e, BRING_FULL);
        } catch (MetaStream.TooLargeException e) {
            throw tooLarge(key, e);
        } catch (IOException e) {
            throw unreachable(key, e);
        }
    }

    private void requireNoLostDeletes(CollectionInfo collection) {
        LostDeletes.of(vault, layout, collection).ifPresent(dir -> {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "read",
                    name,
                    "full_meta.json is missing, and no other file describes the deletes of "
                            + collection.qualifiedName() + " under " + dir,
                    BRING_FULL);
        });
    }

    private InputStream open(MetaFile file) {
        return new MetaStream(opened.apply(layout.meta(file)));
    }

    private MigratorException tooLarge(String key, MetaStream.TooLargeException fault) {
        return MigratorException.unable(
                Failure.CORRUPT,
                "read",
                name,
                key + " is too large: " + fault.getMessage(),
                "Look at what was put there.",
                fault);
    }

    private MigratorException damaged(String key, DamagedMetaException fault, String advice) {
        return MigratorException.unable(
                Failure.CORRUPT, "read", name, key + " is damaged: " + fault.getMessage(), advice, fault);
    }

    private MigratorException unreachable(String key, IOException fault) {
        return MigratorException.unable(
                Failure.UNREACHABLE,
                "read",
                name,
                "the connection broke while " + key + " was read: " + fault.getMessage(),
                "Run the command again.",
                fault);
    }
}
