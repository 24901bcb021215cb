package io.migrator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.check.CheckFinding.Level;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.lab.LocalFolders;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlacesLookTest {
    private final LocalFolders folders = new LocalFolders(Path.of("/data"));

    private CheckFinding of(String milvus, String vault) {
        return PlacesLook.of(folders.storage(Side.MILVUS, milvus, ""), folders.storage(Side.VAULT, vault, ""));
    }

    @Test
    void warnsOfAFolderInsideTheOther() {
        assertThat(of("milvus", "milvus/backup")).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.WARN);
            assertThat(finding.told()).contains("the vault lies inside").contains("'/data/milvus'");
        });
        assertThat(of("all/milvus", "all")).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.WARN);
            assertThat(finding.told()).contains("Milvus' folder lies inside").contains("'/data/all/milvus'");
        });
        assertThat(of("milvus", "other/../milvus/backup").level()).isEqualTo(Level.WARN);
    }

    @Test
    void judgesRootPathsOfOneBucketAsFolders() {
        assertThat(paths("files", "files").failure()).isEqualTo(Failure.USAGE);
        assertThat(paths("", "").failure()).isEqualTo(Failure.USAGE);
        assertThat(paths("files", "files/backup").told()).contains("the vault lies inside", "'files/'");
        assertThat(paths("all/files", "all").told())
                .contains("Milvus' root path lies inside the vault", "'all/files/'");
        assertThat(paths("files", "").level()).isEqualTo(Level.WARN);
        assertThat(paths("", "backup").level()).isEqualTo(Level.OK);
        assertThat(paths("files", "files-backup").level()).isEqualTo(Level.OK);
    }

    private static CheckFinding paths(String milvus, String vault) {
        return PlacesLook.of(bucket(Side.MILVUS, milvus), bucket(Side.VAULT, vault));
    }

    private static StorageConfig bucket(Side side, String rootPath) {
        return new StorageConfig(
                side,
                StorageType.MINIO,
                "minio",
                9000,
                "",
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                "bucket",
                rootPath,
                500);
    }

    @Test
    void foldersBesideEachOtherAreRight() {
        assertThat(of("milvus", "milvus-backup").level()).isEqualTo(Level.OK);
        assertThat(of("milvus", "milvus").failure()).isEqualTo(Failure.USAGE);
    }
}
