package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.process.Desk;
import io.migrator.process.Seed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few migrations under faults, in this JVM; many, each run in a process of its own, are {@code ./mvnw -Preliability}. */
final class FaultRunsIT {
    private static final int MIGRATIONS = Integer.getInteger("migrator.faults", 3);

    @TempDir
    private Path folder;

    @Test
    void endsRightOrSaysWhy() {
        long seed = Seed.of("faults");
        try (DoubleGround ground = DoubleGround.start(folder);
                FaultRuns runs = new FaultRuns(
                        ground, seed, Journal.begin(folder.resolve("journal"), "faults", seed), Desk::runHere)) {
            runs.play(MIGRATIONS, false);

            assertThat(runs.wrong()).isEmpty();
            assertThat(runs.injected()).isNotEmpty();
        }
    }
}
