package io.migrator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metas, lists and manifests that are larger than the heap, read in a process with little of it: refused, each with why. */
final class HostileSizesTest {
    /** Of what becomes many times as much memory, and of what becomes none. */
    private static final String DENSE_MIB = "32";

    private static final String BLANK_MIB = "1100";

    @TempDir
    private Path folder;

    @Test
    void givesUpBeforeTheHeapIsFull() throws IOException, InterruptedException {
        Files.createDirectory(folder.resolve("vault"));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        HostileSizes.class.getName(),
                        folder.toString(),
                        DENSE_MIB,
                        BLANK_MIB)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            List<String> said = Files.readAllLines(output);
            assertThat(ended).as(said.toString()).isTrue();
            assertThat(process.exitValue()).as(said.toString()).isZero();
            assertThat(said)
                    .filteredOn(line -> line.contains("CORRUPT unable to read 'b'"))
                    .hasSize(7);
            assertThat(said)
                    .filteredOn(line -> line.contains("needs more than the") && line.contains("-Xmx"))
                    .hasSize(6);
            assertThat(said)
                    .anyMatch(line -> line.contains("more than the 1073741824 bytes a meta may have"))
                    .contains("listed: DAMAGED", "manifest: MANIFEST_DAMAGED");
        } finally {
            process.destroyForcibly();
        }
    }
}
