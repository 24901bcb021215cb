package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.process.Seed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kill matrix in small, on doubles; the whole of it is {@code ./mvnw -Preliability}. */
final class KillMatrixIT {
    private static final int KILLS = Integer.getInteger("migrator.kills", 8);
    private static final int PER_CAMPAIGN = 2;

    @TempDir
    private Path folder;

    @Test
    void losesNothingToKills() {
        long seed = Seed.of("kills");
        try (Ground ground = DoubleGround.start(folder)) {
            KillMatrix matrix = new KillMatrix(ground, seed, Journal.begin(folder.resolve("journal"), "kills", seed));
            matrix.play(KILLS, PER_CAMPAIGN);

            assertThat(matrix.wrong()).isEmpty();
            assertThat(matrix.hits()).isEqualTo(KILLS);
        }
    }
}
