package io.migrator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.SmallHeap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand damaged inputs for each parser, in a small heap; {@code ./mvnw -Pfuzz} goes on for as long as told. */
final class ParserFuzzIT {
    private static final String SEED = "20261124";
    private static final String INPUTS = "1000";

    @TempDir
    private Path folder;

    @Test
    void everyParserTakesOrRefusesWhateverItIsGiven() throws IOException, InterruptedException {
        SmallHeap run = SmallHeap.run(
                folder, Duration.ofMinutes(5), SmallHeap.brief("-Xmx256m"), SeededFuzz.class, SEED, INPUTS);

        assertThat(run.exitCode()).as(String.join("\n", run.said())).isZero();
        assertThat(run.said()).hasSize(FuzzedParser.values().length);
    }
}
