package io.migrator.million;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty thousand objects in a heap of 64 MB; {@link MillionObjects} takes a million in one of 512 MB. */
final class ManyObjectsTest {
    private static final String SEGMENTS = "7143";

    @TempDir
    private Path folder;

    @Test
    void areReadCheckedAndDeletedInASmallHeap() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        MillionObjects.class.getName(),
                        folder.toString(),
                        SEGMENTS)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            String said = Files.readString(output);
            assertThat(ended).as(said).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
