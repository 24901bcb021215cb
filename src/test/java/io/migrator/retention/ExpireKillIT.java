package io.migrator.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.LocalFolders;
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

/** An expire killed by the system wherever it is: the same command ends with exactly what was decided. */
class ExpireKillIT {
    private static final int ALL = 24;
    private static final int KEPT = 12;
    private static final int KILLS = 6;
    private static final String[] EXPIRE = {"expire", "--keep-last=" + KEPT};

    @TempDir
    Path dir;

    private final Set<String> seen = new HashSet<>();
    private VaultOfBackups vault;
    private Desk desk;

    @BeforeEach
    void start() {
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("vault");
        vault = new VaultOfBackups(folders.storage(Side.VAULT, "vault", ""));
        desk = Desk.at(
                dir.resolve("desk"),
                Map.of(
                        "minio.backupStorageType",
                        "local",
                        "minio.backupRootPath",
                        dir.resolve("vault").toString()));
        for (int night = 0; night < ALL; night++) {
            vault.complete(name(night), Instant.now().minus(Duration.ofDays(night)));
        }
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void endsWithWhatWasDecidedHoweverOftenItIsKilled() {
        Random random = new Random(18);
        for (int kill = 0; kill < KILLS; kill++) {
            try (MigratorProcess run = desk.start(EXPIRE)) {
                run.awaitLine("preflight");
                run.awaitUnlessEnded("a lease", this::deleting, Duration.ofMillis(5));
                run.runsFor(Duration.ofMillis(random.nextInt(150)));
                run.kill();
            }
            assertThat(names()).containsAll(kept());
        }

        assertThat(desk.runHere(EXPIRE)).returns(0, Outcome::exitCode);

        assertThat(names()).containsExactlyElementsOf(kept());
        assertThat(vault.catalog().list())
                .allSatisfy(one -> assertThat(one.reason()).isEmpty());
    }

    /** Whether a run of this moment works on a backup: one that was killed before left its lease. */
    private boolean deleting() {
        return IntStream.range(KEPT, ALL)
                .mapToObj(night -> vault.layout(name(night)).lease())
                .flatMap(key -> vault.store().find(key).stream())
                .anyMatch(lease -> lease.size() > 0 && seen.add(lease.etag()));
    }

    private static String name(int night) {
        return "b%02d".formatted(night);
    }

    private static List<String> kept() {
        return IntStream.range(0, KEPT).mapToObj(ExpireKillIT::name).toList();
    }

    private List<String> names() {
        return vault.catalog().list().stream().map(one -> one.name()).toList();
    }
}
