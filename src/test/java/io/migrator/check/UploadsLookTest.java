package io.migrator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.check.CheckFinding.Level;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsLookTest {
    @Test
    void findsWhatAKilledRunLeft(@TempDir Path parent) throws IOException {
        LocalFolders folders = new LocalFolders(parent);
        folders.createBucket("vault");
        try (ObjectStore vault = Stores.open(folders.storage(Side.VAULT, "vault", ""))) {
            vault.write("b/meta/full_meta.json", new byte[3]);
            Files.write(parent.resolve("vault/b/meta/.migrator-killed-1.tmp"), new byte[9]);

            CheckFinding today = UploadsLook.of(vault, Instant.now());
            CheckFinding later = UploadsLook.of(vault, Instant.now().plus(Duration.ofDays(2)));

            assertThat(today.level()).as("it may be under way").isEqualTo(Level.OK);
            assertThat(later.level()).isEqualTo(Level.WARN);
            assertThat(later.told())
                    .contains("1 objects under " + parent)
                    .contains("'b/meta/.migrator-killed-1.tmp'")
                    .endsWith("Delete these files");
        }
    }
}
