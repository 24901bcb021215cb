package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.BackupSummary.State;
import io.migrator.catalog.Catalog;
import io.migrator.config.StorageConfig;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.process.Bucket;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The vault as an onlooker sees it who asks for proofs. */
record VaultLook(Ground ground) {
    /** Names of the backups that the list calls complete. */
    Set<String> complete() {
        try (ObjectStore vault = open()) {
            return new Catalog(vault, Ground.VAULT_ROOT)
                    .list().stream()
                            .filter(backup -> backup.state() == State.COMPLETE)
                            .map(BackupSummary::name)
                            .collect(Collectors.toSet());
        }
    }

    /** Whatever the list calls complete is whole. */
    void requireHonest(String backup) {
        if (complete().contains(backup)) {
            requireFiles(backup);
        }
    }

    /** The list calls the backup complete, and every file is as the manifest says. */
    void requireWhole(String backup) {
        assertThat(complete()).as("complete backups").contains(backup);
        requireFiles(backup);
    }

    private void requireFiles(String backup) {
        try (ObjectStore vault = open()) {
            Catalog catalog = new Catalog(vault, Ground.VAULT_ROOT);
            BackupInfo read = catalog.read(backup);
            List<Long> ids = read.collections().stream()
                    .map(CollectionInfo::collectionId)
                    .toList();
            assertThat(catalog.checkFiles(backup, read, ids).findings())
                    .as("damage to %s", backup)
                    .isEmpty();
        }
    }

    /** Names of the objects of a backup: what lies there beside the binlogs, and how many of those. */
    Shape shape(String backup) {
        String dir = Ground.VAULT_ROOT + "/" + backup + "/";
        Set<String> keys = bucket().keys(dir);
        Set<String> own = keys.stream()
                .map(key -> key.substring(dir.length()))
                .filter(key -> !key.startsWith("binlogs/"))
                .collect(Collectors.toSet());
        return new Shape(own, keys.size() - own.size());
    }

    record Shape(Set<String> files, int binlogs) {}

    Bucket bucket() {
        return new Bucket(ground.store(), ground.vaultBucket());
    }

    private ObjectStore open() {
        return Stores.open(ground.store().storage(StorageConfig.Side.VAULT, ground.vaultBucket(), Ground.VAULT_ROOT));
    }
}
