package io.migrator.million;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.SmallHeap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty thousand objects in a heap of 64 MB; {@link MillionObjects} takes a million in one of 512 MB. */
final class ManyObjectsTest {
    private static final String SEGMENTS = "7143";

    @TempDir
    private Path folder;

    @Test
    void areReadCheckedAndDeletedInASmallHeap() throws IOException, InterruptedException {
        SmallHeap run = SmallHeap.run(
                folder,
                Duration.ofMinutes(5),
                List.of("-Xmx64m", "-XX:+UseSerialGC"),
                MillionObjects.class,
                folder.toString(),
                SEGMENTS);

        assertThat(run.exitCode()).as(String.join("\n", run.said())).isZero();
    }
}
