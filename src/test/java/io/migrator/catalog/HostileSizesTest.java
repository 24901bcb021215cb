package io.migrator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.SmallHeap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        SmallHeap run = SmallHeap.run(
                folder,
                Duration.ofMinutes(5),
                List.of("-Xmx96m", "-XX:+UseSerialGC"),
                HostileSizes.class,
                folder.toString(),
                DENSE_MIB,
                BLANK_MIB);

        List<String> said = run.said();
        assertThat(run.exitCode()).as(said.toString()).isZero();
        assertThat(said)
                .filteredOn(line -> line.contains("CORRUPT unable to read 'b'"))
                .hasSize(7);
        assertThat(said)
                .filteredOn(line -> line.contains("needs more than the") && line.contains("-Xmx"))
                .hasSize(6);
        assertThat(said)
                .anyMatch(line -> line.contains("more than the 1073741824 bytes a meta may have"))
                .contains("listed: DAMAGED", "manifest: MANIFEST_DAMAGED");
    }
}
