package io.migrator.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.S3Lab;
import io.migrator.launch.RunOutcome;
import io.migrator.lease.LeaseHolder;
import io.migrator.lease.Reading;
import io.migrator.retention.hold.BackupHolds;
import io.migrator.retention.hold.GuardedDeletion;
import io.migrator.retention.hold.GuardedDeletion.LastLook;
import io.migrator.retention.hold.VaultClock;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds and expire on a real store: its conditions on writes, its listings after deletions, its clock. */
class RetentionIT {
    private static final Instant NOW = Instant.now();

    private static S3Lab server;
    private static VaultOfBackups vault;

    @TempDir
    Path folder;

    @BeforeAll
    static void start(@TempDir Path dir) {
        server = S3Lab.lease(dir);
        server.createBucket("vault");
        vault = new VaultOfBackups(server.storage(Side.VAULT, "vault", "backup"));
    }

    @AfterAll
    static void stop() {
        if (vault != null) {
            vault.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void expiresByTheStoresClock() {
        for (int night = 0; night < 4; night++) {
            vault.complete("n" + night, NOW.minus(Duration.ofDays(night)));
        }
        new BackupHolds(vault.store(), line -> {}).hold("n3", null, "audit");
        VaultClock clock = VaultClock.of(vault.store().config());
        assertThat(clock.told()).isTrue();

        RunOutcome outcome =
                new ExpireRuns(vault.store().config(), folder.resolve("state")).run("keep-last=2", "name=n*");

        assertThat(outcome.exitCode()).as(outcome.message()).isZero();
        assertThat(vault.keys("n2")).isEmpty();
        assertThat(vault.catalog().lacking("n3")).isEmpty();
        assertThat(vault.catalog().lacking("n1")).isEmpty();
    }

    @Test
    void aHoldAndADeletionAtOnceNeverBothSucceed() {
        BackupHolds holds = new BackupHolds(vault.store(), line -> {});
        GuardedDeletion deletion = new GuardedDeletion(vault.store(), line -> {});
        for (int round = 0; round < 15; round++) {
            String name = "r" + round;
            vault.complete(name, NOW);
            CompletableFuture<Boolean> held = tried(() -> holds.hold(name, null, ""));
            CompletableFuture<Boolean> deleted = tried(() -> deletion.delete(name, "delete", false, LastLook.NONE));

            assertThat(held.join() && deleted.join()).as("round %d", round).isFalse();
            if (held.join()) {
                assertThat(vault.catalog().lacking(name)).isEmpty();
            }
            if (deleted.join()) {
                assertThat(vault.keys(name)).isEmpty();
            }
        }
    }

    /** Each of the two sees the other, whoever comes first: at least one gives way. */
    @Test
    void aReaderAndADeletionAtOnceNeverBothSucceed() {
        GuardedDeletion deletion = new GuardedDeletion(vault.store(), line -> {});
        for (int round = 0; round < 15; round++) {
            String name = "a" + round;
            vault.complete(name, NOW);
            try (Reading reading = new Reading(
                    () -> Stores.open(vault.store().config()), vault.layout(name), LeaseHolder.of("work", "restore"))) {
                CompletableFuture<Boolean> read = tried(() -> {
                    reading.begin(() -> vault.catalog().lacking(name));
                    return true;
                });
                CompletableFuture<Boolean> deleted = tried(() -> deletion.delete(name, "delete", false, LastLook.NONE));

                assertThat(read.join() && deleted.join()).as("round %d", round).isFalse();
                if (read.join()) {
                    assertThat(vault.catalog().lacking(name)).isEmpty();
                }
            }
        }
    }

    private static CompletableFuture<Boolean> tried(Supplier<?> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                work.get();
                return true;
            } catch (MigratorException e) {
                assertThat(e.failure()).isIn(Failure.LOCKED, Failure.CONFLICT, Failure.NOT_FOUND);
                return false;
            }
        });
    }
}
