package io.migrator.restore;

import io.migrator.config.StorageConfig;
import io.migrator.format.BackupInfo;
import io.migrator.format.DatabaseInfo;
import io.migrator.milvus.ImportOrder;
import io.migrator.milvus.ImportOrder.Dirs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns units of the ledger into what Milvus is asked for: their collection's new name, its database's key. */
final class Orders {
    private final ImportLedger ledger;
    private final StorageConfig milvusStorage;
    private final Map<Long, Restored> items = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();

    Orders(ImportLedger ledger, StorageConfig milvusStorage) {
        this.ledger = ledger;
        this.milvusStorage = milvusStorage;
    }

    void know(BackupInfo backup, List<Restored> restored) {
        restored.forEach(item -> items.put(item.source().collectionId(), item));
        for (DatabaseInfo database : backup.databases()) {
            keys.put(database.name(), Objects.requireNonNullElse(database.encryptionKey(), ""));
        }
    }

    Restored item(ImportUnit unit) {
        return Objects.requireNonNull(items.get(unit.sourceId()), "collection of a ledger row");
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
                keys.getOrDefault(item.source().database(), ""));
    }

    private Dirs asMilvusNamesThem(Dirs dirs) {
        return new Dirs(milvusStorage.milvusPath(dirs.insertDir()), milvusStorage.milvusPath(dirs.deltaDir()));
    }
}
