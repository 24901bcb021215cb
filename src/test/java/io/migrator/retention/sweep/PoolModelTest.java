package io.migrator.retention.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.retention.sweep.PoolModel.Outcome;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Whatever backups, deletions, sweeps, deaths and sleepers do to each other, no complete backup loses a unit. More schedules:
 * {@code -Dmigrator.pool.schedules}, from {@code -Dmigrator.pool.seed} on.
 */
final class PoolModelTest {
    private static final int SCHEDULES = Integer.getInteger("migrator.pool.schedules", 1000);
    private static final int SEED = Integer.getInteger("migrator.pool.seed", 1);
    private static final int MOST_TO_FIND = 20_000;
    private static final String MACHINE = "migrator.lease.machine";

    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        // All actors are of one process: none is to prove by it that another lives.
        System.setProperty(MACHINE, "");
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stop() {
        threads.shutdown();
        System.clearProperty(MACHINE);
    }

    @Test
    void noCompleteBackupLosesAUnit() throws IOException, InterruptedException {
        long completed = 0;
        long requests = 0;
        for (int seed = SEED; seed < SEED + SCHEDULES; seed++) {
            Outcome outcome = PoolModel.run(seed, Mutant.NONE, threads);
            assertThat(outcome.broken().orElse("")).isEmpty();
            completed += outcome.completed();
            requests += outcome.requests();
        }
        System.out.println(SCHEDULES + " schedules, " + requests + " requests, " + completed + " backups completed");
        assertThat(completed).isGreaterThan(SCHEDULES);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void whatIsBuiltWrongIsFound(Mutant mutant) throws IOException, InterruptedException {
        int first = SEED > 1 ? SEED : mutant.firstSeed();
        for (int seed = first; seed < first + MOST_TO_FIND; seed++) {
            if (PoolModel.run(seed, mutant, threads).broken().isPresent()) {
                System.out.println(mutant + " found by seed " + seed);
                return;
            }
        }
        throw new AssertionError(mutant + " was not found in " + MOST_TO_FIND + " schedules");
    }
}
