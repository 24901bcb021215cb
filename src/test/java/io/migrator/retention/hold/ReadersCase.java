package io.migrator.retention.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.own.Lease;
import io.migrator.lab.LocalFolders;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.Reading;
import io.migrator.retention.VaultOfBackups;
import io.migrator.retention.hold.GuardedDeletion.LastLook;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A vault in a folder with one backup, somebody who reads it and somebody who deletes it. */
abstract class ReadersCase {
    static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    VaultOfBackups vault;

    GuardedDeletion deletion;

    @BeforeEach
    void start() {
        LocalFolders folders = new LocalFolders(folder);
        folders.createBucket("vault");
        vault = new VaultOfBackups(folders.storage(StorageConfig.Side.VAULT, "vault", ""));
        deletion = new GuardedDeletion(vault.store(), line -> {});
        vault.complete("b", NOW);
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    Reading reading() {
        return new Reading(
                () -> Stores.open(vault.store().config()), vault.layout("b"), LeaseHolder.of("work", "restore"));
    }

    void begin(Reading reading) {
        reading.begin(() -> vault.catalog().lacking("b"));
    }

    long delete(boolean force) {
        return deletion.delete("b", "delete", force, LastLook.NONE);
    }

    String note() {
        return vault.keys("b").stream()
                .filter(key -> key.contains("readers"))
                .findFirst()
                .orElseThrow();
    }

    static Lease ended() {
        return new Lease("r", "t", "restore", "1", "h", 1, "another machine", 1, 5, NOW, NOW, 20, true);
    }

    static void refused(Failure failure, ThrowingCallable work, String... words) {
        assertThatThrownBy(work).isInstanceOfSatisfying(MigratorException.class, e -> {
            assertThat(e.failure()).as(e.getMessage()).isEqualTo(failure);
            assertThat(e.getMessage()).contains(words);
        });
    }
}
