package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.process.Seed;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The soak in short, on real servers: 60 s, or {@code -Dmigrator.soak.seconds}. The long one is
 * {@code ./mvnw -Preliability -Dsoak.minutes=30}.
 */
final class SoakIT {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("migrator.soak.seconds", 60));

    @TempDir
    private Path folder;

    @Test
    void breaksNoInvariant() {
        long seed = Seed.of("soak");
        try (Ground ground = RealGround.start()) {
            Soak soak = new Soak(ground, seed, Journal.begin(folder, "soak", seed));
            soak.play(TIME);

            assertThat(soak.counts()).containsKeys(Soak.Operation.BACKUP, Soak.Operation.RESTORE);
        }
    }
}
