package io.migrator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.MinioServer;
import io.migrator.lab.StoreLab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One winner in every round, on every store that keeps conditions. {@code -Dmigrator.lease.rounds} sets how many. */
final class LeaseRacesIT {
    private static final int ROUNDS = Integer.getInteger("migrator.lease.rounds", 25);

    @TempDir
    private Path dir;

    @Test
    void oneWinsOnMinio() throws Exception {
        // S3Proxy, which S3Lab would take without it, looks and writes in two steps.
        Assumptions.assumeTrue(MinioServer.available(), MinioServer::unavailableBecause);
        race(MinioServer.start(dir));
    }

    @Test
    void oneWinsOnAzurite() throws Exception {
        Assumptions.assumeTrue(AzuriteServer.available(), AzuriteServer::unavailableBecause);
        race(AzuriteServer.start(dir));
    }

    @Test
    void oneWinsOnFakeGcs() throws Exception {
        Assumptions.assumeTrue(FakeGcsServer.available(), FakeGcsServer::unavailableBecause);
        race(FakeGcsServer.start(dir));
    }

    @Test
    void oneWinsInAFolder() throws Exception {
        race(new LocalFolders(dir));
    }

    private static void race(StoreLab lab) throws Exception {
        lab.createBucket("vault");
        StorageConfig vault = lab.storage(Side.VAULT, "vault", "backup");
        try (lab;
                ObjectStore one = Stores.open(vault);
                ObjectStore other = Stores.open(vault)) {
            int won = new RacingHolders(List.of(one, other)).run(ROUNDS);
            LeaseJournal.add(lab.kind(), "threads of one process", ROUNDS, won);
            assertThat(won).isEqualTo(ROUNDS);
        }
    }
}
