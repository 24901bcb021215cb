package io.migrator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.MinioServer;
import io.migrator.lab.S3Lab;
import io.migrator.lab.StoreLab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * One winner in every round, on every store that keeps conditions. {@code -Dmigrator.lease.rounds} sets how many. A round is
 * waiting for the most part, so all stores are raced on at once.
 */
final class LeaseRacesIT {
    private static final int ROUNDS = Integer.getInteger("migrator.lease.rounds", 25);

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final Map<String, Future<Integer>> RACES = new HashMap<>();

    @BeforeAll
    static void begin(@TempDir Path dir) {
        // S3Proxy, which S3Lab would take without it, looks and writes in two steps.
        begin("MinIO", MinioServer::available, MinioServer::unavailableBecause, () -> S3Lab.lease(dir));
        begin("Azurite", AzuriteServer::available, AzuriteServer::unavailableBecause, () -> AzuriteServer.start(dir));
        begin("Google", FakeGcsServer::available, FakeGcsServer::unavailableBecause, () -> FakeGcsServer.start(dir));
        begin("folder", () -> true, () -> "", () -> new LocalFolders(dir));
    }

    private static void begin(String store, BooleanSupplier available, Supplier<String> why, Supplier<StoreLab> start) {
        RACES.put(store, THREADS.submit(() -> {
            Assumptions.assumeTrue(available, why);
            return race(start.get());
        }));
    }

    /** Before the servers' folder goes. */
    @AfterAll
    static void end() throws InterruptedException {
        THREADS.shutdown();
        assertThat(THREADS.awaitTermination(10, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void oneWinsOnMinio() throws Exception {
        requireOneWinner("MinIO");
    }

    @Test
    void oneWinsOnAzurite() throws Exception {
        requireOneWinner("Azurite");
    }

    @Test
    void oneWinsOnFakeGcs() throws Exception {
        requireOneWinner("Google");
    }

    @Test
    void oneWinsInAFolder() throws Exception {
        requireOneWinner("folder");
    }

    private static void requireOneWinner(String store) throws Exception {
        try {
            assertThat(RACES.get(store).get()).isEqualTo(ROUNDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TestAbortedException notHere) {
                throw notHere;
            }
            throw e;
        }
    }

    private static int race(StoreLab lab) throws Exception {
        lab.createBucket("vault");
        StorageConfig vault = lab.storage(Side.VAULT, "vault", "backup");
        try (lab;
                ObjectStore one = Stores.open(vault);
                ObjectStore other = Stores.open(vault)) {
            int won = new RacingHolders(List.of(one, other)).run(ROUNDS);
            LeaseJournal.add(lab.kind(), "threads of one process", ROUNDS, won);
            return won;
        }
    }
}
