package io.migrator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.check.CheckFinding.Level;
import io.migrator.config.StorageConfig.Side;
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
    void foldersBesideEachOtherAreRight() {
        assertThat(of("milvus", "milvus-backup").level()).isEqualTo(Level.OK);
        assertThat(of("milvus", "milvus").failure()).isEqualTo(Failure.USAGE);
    }
}
