package io.migrator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PooledVaultTest {
    @TempDir
    Path dir;

    @Test
    void sharesWhatIsTheSame() throws Exception {
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("vault");
        try (ObjectStore store = Stores.open(folders.storage(Side.VAULT, "vault", ""))) {
            SampleVault samples = new SampleVault(store, "");
            samples.putSample(Samples.V0_5, "mon");
            samples.putSample(Samples.V0_5, "tue");
            PooledVault pooled = new PooledVault(store);

            pooled.pool("mon");
            pooled.pool("tue", "mon");

            assertThat(pooled.refs("tue")).isEqualTo(pooled.refs("mon")).hasSizeGreaterThan(3);
            assertThat(samples.objects("tue/")).allMatch(object -> object.key().startsWith("tue/migrator/"));
            for (String name : List.of("mon", "tue")) {
                assertThat(files(store, pooled.layout(name))).isNotEmpty().allSatisfy(file -> assertThat(
                                store.find(file.key()).orElseThrow().size())
                        .isEqualTo(file.size()));
            }
            assertThat(samples.objects(pooled.pool().dataDir())).hasSameSizeAs(files(store, pooled.layout("mon")));
        }
    }

    private static List<VaultFile> files(ObjectStore store, VaultLayout layout) throws IOException {
        BackupInfo backup = MetaJson.readFull(store.read(layout.meta(MetaFile.FULL), 1 << 24));
        return backup.collections().stream()
                .flatMap(collection -> collection.partitions().stream())
                .flatMap(partition -> partition.segments().stream())
                .flatMap(layout::files)
                .toList();
    }
}
