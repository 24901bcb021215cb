package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Statements.How;
import io.migrator.process.Seed;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A diced statement of each job broken; all of them is {@code ./mvnw -Preliability -Dparts=statements}. */
final class StatementRunsIT {
    /** No job has fewer; the first forty or so make the tables. */
    private static final int STATEMENTS = 220;

    private static final int ROUNDS = Integer.getInteger("migrator.statements", 2);

    @TempDir
    private Path folder;

    @Test
    void endsRightAfterAnyStatementBroke() {
        long seed = Seed.of("statements");
        Random dice = new Random(seed);
        try (StatementGround ground = new StatementGround(folder)) {
            StatementRuns runs =
                    new StatementRuns(ground, Journal.begin(folder.resolve("journal"), "statements", seed));
            for (StatementWork work : StatementWork.values()) {
                for (int round = 0; round < ROUNDS; round++) {
                    runs.play(work, 1 + dice.nextInt(STATEMENTS), How.values()[dice.nextInt(How.values().length)]);
                }
            }

            assertThat(runs.wrong()).isEmpty();
        }
    }
}
