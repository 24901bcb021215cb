package io.migrator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.format.layout.VaultLayout;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader's note on a store that has trouble; what deletions make of notes is in the tests of retention. */
final class ReadingTest {
    private static final VaultLayout LAYOUT = new VaultLayout("backup", "b");

    /** As where each write is answered with 503. */
    @Test
    void goesOnWithoutANoteWhereTheVaultTakesNone(@TempDir Path dir) {
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("vault");
        try (ObjectStore vault = Stores.open(folders.storage(Side.VAULT, "vault", "backup"))) {
            FaultyVault faulty = new FaultyVault(vault);
            faulty.refuseWrites(1_000);
            AtomicInteger looks = new AtomicInteger();
            CompletableFuture<Void> read = CompletableFuture.runAsync(() -> {
                try (Reading reading = new Reading(faulty::connection, LAYOUT, LeaseHolder.of("work", "restore"))) {
                    reading.begin(() -> {
                        looks.incrementAndGet();
                        return "";
                    });
                }
            });

            assertThat(read).succeedsWithin(Duration.ofSeconds(15));
            assertThat(looks).hasValue(1);
            assertThat(vault.list(LAYOUT.readersDir())).isEmpty();
        }
    }
}
