package io.migrator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand damaged inputs for each parser, in a small heap; {@code ./mvnw -Pfuzz} goes on for as long as told. */
final class ParserFuzzTest {
    private static final String SEED = "20261124";
    private static final String INPUTS = "1000";

    @TempDir
    private Path folder;

    @Test
    void everyParserTakesOrRefusesWhateverItIsGiven() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        SeededFuzz.class.getName(),
                        SEED,
                        INPUTS)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            String said = Files.readString(output);
            assertThat(ended).as(said).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(said.lines()).hasSize(FuzzedParser.values().length);
        } finally {
            process.destroyForcibly();
        }
    }
}
