package io.migrator.backup.pool;

import io.migrator.backup.state.UnitParent;
import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.BackupName;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the complete incremental backups of a vault: by one listing and one small file each, of many at once. */
final class ParentSearch {
    private static final int MOST_RECORD = 4 << 20;

    private final ObjectStore vault;
    private final String own;
    private final WorkerPool workers;
    private final Consumer<String> notes;

    /** @param own name of the backup that is being made */
    ParentSearch(ObjectStore vault, String own, WorkerPool workers, Consumer<String> notes) {
        this.vault = vault;
        this.own = own;
        this.workers = workers;
        this.notes = notes;
    }

    /** All of one source, the newest first. One that cannot be read is passed over and told. */
    List<Candidate> find(String source) {
        String root = VaultLayout.rootDir(vault.config().rootPath());
        List<String> names = vault.listDirectories(root).stream()
                .filter(name -> BackupName.isReadable(name) && !name.equals(PoolLayout.NAME) && !name.equals(own))
                .toList();
        return workers.map(names, this::lookOrTell).stream()
                .flatMap(Optional::stream)
                .filter(one -> one.run().source().equals(source))
                .sorted(Comparator.comparing((Candidate one) -> one.run().finishedAt())
                        .reversed()
                        .thenComparing(Candidate::name))
                .toList();
    }

    private Optional<Candidate> lookOrTell(String name) {
        try {
            return look(name);
        } catch (MigratorException e) {
            // Deleted since the listing, or damaged: neither is a reason to make no backup.
            if (e.failure() != Failure.NOT_FOUND && e.failure() != Failure.CORRUPT) {
                throw e;
            }
            if (e.failure() == Failure.CORRUPT) {
                notes.accept("sharing nothing with backup " + name + ": " + e.getMessage());
            }
            return Optional.empty();
        }
    }

    /**
     * The backup of this name; empty where it is not a complete incremental one.
     *
     * @throws MigratorException CORRUPT where its run record cannot be read
     */
    Optional<Candidate> look(String name) {
        VaultLayout layout = new VaultLayout(vault.config().rootPath(), name);
        String metas = layout.ownDir() + "meta/";
        Map<String, StoredObject> files;
        try (Stream<StoredObject> own = vault.list(layout.ownDir())) {
            // These come before the schemas, of which there may be thousands.
            files = own.takeWhile(object -> object.key().compareTo(layout.runRecord()) <= 0)
                    .collect(Collectors.toMap(StoredObject::key, object -> object));
        }
        StoredObject head = files.get(metas + MetaFile.BACKUP.fileName());
        StoredObject refs = files.get(layout.refs());
        boolean whole = files.containsKey(metas + MetaFile.FULL.fileName())
                && files.containsKey(layout.runRecord())
                && !files.containsKey(layout.marker());
        if (head == null || refs == null || !whole) {
            return Optional.empty();
        }
        RunRecord run = record(layout);
        return Optional.of(new Candidate(layout, run, new UnitParent(0, name, run.runId(), head.etag(), refs.etag())));
    }

    private RunRecord record(VaultLayout layout) {
        try {
            return OwnJson.readRunRecord(vault.read(layout.runRecord(), MOST_RECORD));
        } catch (DamagedMetaException e) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "read",
                    layout.runRecord(),
                    "it is damaged " + e.getMessage(),
                    "Bring the object back from a copy of the vault, or delete the backup.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
