package io.migrator.restore.imports;

import io.migrator.config.StorageConfig;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.format.own.RunRecord;
import io.migrator.milvus.ImportOrder;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.restore.state.Restored;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Turns units of the ledger into what Milvus is asked for: their collection's new name, its database's key. */
public final class Orders {
    private final ImportLedger ledger;
    private final StorageConfig milvusStorage;
    private final Map<Long, Restored> items = new HashMap<>();
    private final String milvusFolder;
    private final Map<String, String> keys = new HashMap<>();
    private final Map<Long, Long> moments = new HashMap<>();

    /** @param milvusFolder the folder of local storage as Milvus sees it; empty where that is as this machine sees it */
    public Orders(ImportLedger ledger, StorageConfig milvusStorage, String milvusFolder) {
        this.ledger = ledger;
        this.milvusFolder = milvusFolder;
        this.milvusStorage = milvusStorage;
    }

    /** @param run what the backup says of its making; empty where another tool made it */
    public void know(BackupInfo backup, Optional<RunRecord> run, List<Restored> restored) {
        run.ifPresent(
                record -> record.collections().forEach(one -> moments.put(one.collectionId(), one.sealedTimestamp())));
        restored.forEach(item -> items.put(item.source().collectionId(), item));
        for (DatabaseInfo database : backup.databases()) {
            keys.put(database.name(), Objects.requireNonNullElse(database.encryptionKey(), ""));
        }
    }

    /** Whether its collection is one of this run. */
    boolean knows(ImportUnit unit) {
        return items.containsKey(unit.sourceId());
    }

    Restored item(ImportUnit unit) {
        return Objects.requireNonNull(items.get(unit.sourceId()), "collection of a ledger row");
    }

    /** Hybrid timestamp up to which deletes of a collection count, 0 where all do. */
    public long until(long sourceId) {
        return moments.getOrDefault(sourceId, 0L);
    }

    ImportOrder order(ImportUnit unit) {
        Restored item = item(unit);
        return new ImportOrder(
                item.target().database(),
                item.target().collection(),
                unit.partition(),
                ledger.dirs(unit.unit()).stream().map(this::asMilvusNamesThem).toList(),
                unit.deletesOnly(),
                unit.storageVersion(),
                until(item.source().collectionId()),
                keys.getOrDefault(item.source().database(), ""));
    }

    private Dirs asMilvusNamesThem(Dirs dirs) {
        return new Dirs(path(dirs.insertDir()), path(dirs.deltaDir()));
    }

    private String path(String key) {
        return milvusFolder.isEmpty() || key.isEmpty() ? milvusStorage.milvusPath(key) : milvusFolder + "/" + key;
    }
}
