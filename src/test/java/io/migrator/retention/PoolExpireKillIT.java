package io.migrator.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.S3Lab;
import io.migrator.process.Desk;
import io.migrator.process.MigratorProcess;
import io.migrator.process.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An expire of backups that share units, on a real S3 server, killed by the system wherever it is. */
class PoolExpireKillIT {
    private static final int ALL = 16;
    private static final int KEPT = 8;
    private static final int UNITS = 6;
    private static final int FRESH = 3;
    private static final int ORPHANS = 30;
    private static final int KILLS = 6;
    private static final String[] EXPIRE = {"expire", "--keep-last=" + KEPT};

    @TempDir
    Path dir;

    private final Set<String> seen = new HashSet<>();
    private S3Lab server;
    private VaultOfBackups vault;
    private PoolOfBackups pool;
    private Desk desk;

    @BeforeEach
    void start() {
        server = S3Lab.lease(dir);
        server.createBucket("vault");
        vault = new VaultOfBackups(server.storage(Side.VAULT, "vault", "backup"));
        pool = new PoolOfBackups(vault.store());
        desk = Desk.at(
                dir.resolve("desk"),
                Map.of(
                        "minio.backupStorageType", "minio",
                        "minio.backupAddress", server.host(),
                        "minio.backupPort", String.valueOf(server.port()),
                        "minio.backupAccessKeyID", server.accessKey(),
                        "minio.backupSecretAccessKey", server.secretKey(),
                        "minio.backupBucketName", "vault",
                        "minio.backupRootPath", "backup"));
        IntStream.range(0, ALL)
                .parallel()
                .forEach(night -> pool.complete(
                        name(night),
                        Instant.now().minus(Duration.ofDays(night)),
                        units(night).toArray()));
        IntStream.range(1000, 1000 + ORPHANS).parallel().forEach(pool::put);
    }

    @AfterEach
    void stop() {
        vault.close();
        server.close();
    }

    /** Of each night half of the units are those of the night before. */
    private static IntStream units(int night) {
        return IntStream.range(night * FRESH, night * FRESH + UNITS);
    }

    @Test
    void takesNoUnitThatIsNeededHoweverOftenItIsKilled() {
        List<Integer> needed = IntStream.range(0, KEPT)
                .flatMap(PoolExpireKillIT::units)
                .distinct()
                .boxed()
                .toList();
        Random random = new Random(18);
        for (int kill = 0; kill < KILLS; kill++) {
            try (MigratorProcess run = desk.start(EXPIRE)) {
                run.awaitLine("preflight");
                run.awaitUnlessEnded("the right to delete", this::deleting, Duration.ofMillis(5));
                run.runsFor(Duration.ofMillis(random.nextInt(400)));
                run.kill();
            }
            assertThat(pool.units()).containsAll(needed);
        }

        assertThat(desk.runHere(EXPIRE)).returns(0, Outcome::exitCode);

        assertThat(pool.units()).containsExactlyElementsOf(needed);
        assertThat(vault.catalog().list()).hasSize(KEPT).allSatisfy(one -> assertThat(one.reason())
                .isEmpty());
        assertThat(vault.store().find(pool.pool().deleterLease())).isEmpty();
    }

    /** Whether a run of this moment has the right to the pool: one that was killed before left its lease. */
    private boolean deleting() {
        return vault.store()
                .find(pool.pool().deleterLease())
                .filter(lease -> lease.size() > 0 && seen.add(lease.etag()))
                .isPresent();
    }

    private static String name(int night) {
        return "b%02d".formatted(night);
    }
}
