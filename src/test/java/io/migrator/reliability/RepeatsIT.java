package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.LentProperty;
import io.migrator.process.Seed;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repeats in a changed world, in small; the whole of it is {@code ./mvnw -Preliability -Dparts=repeats}. */
class RepeatsIT {
    private static final int REPEATS = Integer.getInteger("migrator.repeats", 30);
    private static LentProperty lateCall;

    @TempDir
    Path folder;

    /** The double lists a job before its call ends. */
    @BeforeAll
    static void waitLess() {
        lateCall = LentProperty.set("migrator.import.lateCallSeconds", "1");
    }

    @AfterAll
    static void waitAgain() {
        lateCall.close();
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
