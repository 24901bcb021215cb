package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.process.Seed;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repeats in a changed world, in small; the whole of it is {@code ./mvnw -Preliability -Dparts=repeats}. */
class RepeatsIT {
    private static final int REPEATS = Integer.getInteger("migrator.repeats", 30);
    private static final String LATE_CALL = "migrator.import.lateCallSeconds";
    /** What the tests after this one have. */
    private static final String USUAL = System.getProperty(LATE_CALL, "");

    @TempDir
    Path folder;

    /** The double lists a job before its call ends. */
    @BeforeAll
    static void waitLess() {
        System.setProperty(LATE_CALL, "1");
        System.setProperty("logging.level.root", "off");
    }

    @AfterAll
    static void waitAgain() {
        System.setProperty(LATE_CALL, USUAL);
        System.clearProperty("logging.level.root");
    }

    @Test
    void neverDoublesOrDropsRowsAndSaysSo() {
        long seed = Seed.of("repeats");
        try (RepeatWorld world = new RepeatWorld(folder, "2.6.12")) {
            Repeats repeats = new Repeats(world, seed, Journal.begin(folder.resolve("journal"), "repeats", seed));
            repeats.play(REPEATS);

            System.out.println("repeats: " + repeats.repeats() + ", by exit code " + repeats.exits());
            assertThat(repeats.wrong()).isEmpty();
        }
    }
}
