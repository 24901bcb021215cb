package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.process.LabExtension;
import io.migrator.process.MigrationLab;
import io.migrator.process.Seed;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The soak in short, on real servers: 40 s, or {@code -Dmigrator.soak.seconds}. The long one is
 * {@code ./mvnw -Preliability -Dsoak.minutes=30}.
 */
@ExtendWith(LabExtension.class)
final class SoakIT {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("migrator.soak.seconds", 40));

    @TempDir
    private Path folder;

    @Test
    void breaksNoInvariant(MigrationLab lab) {
        long seed = Seed.of("soak");
        try (Ground ground = RealGround.on(lab)) {
            Soak soak = new Soak(ground, seed, Journal.begin(folder, "soak", seed));
            soak.play(TIME);

            assertThat(soak.counts()).containsKeys(Soak.Operation.BACKUP, Soak.Operation.RESTORE);
        }
    }
}
