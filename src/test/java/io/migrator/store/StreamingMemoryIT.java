package io.migrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.S3StandIn;
import io.migrator.lab.SmallHeap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's promise about memory, kept by a process of its own. {@code -Dmigrator.streamed.mib=200} streams as much as
 * it promises, 50 objects of 200 MiB; less by default, because the bytes cost time and the number in flight the memory.
 */
final class StreamingMemoryIT {
    private static final int OBJECTS = 50;
    private static final int IN_FLIGHT = 16;

    @TempDir
    private Path folder;

    @Test
    void streamsLargeObjectsInASmallHeap() throws IOException, InterruptedException {
        long size = Long.getLong("migrator.streamed.mib", 64) << 20;
        try (S3StandIn source = new S3StandIn(size);
                S3StandIn target = new S3StandIn(size)) {
            SmallHeap run = SmallHeap.run(
                    folder,
                    Duration.ofMinutes(10),
                    List.of("-Xmx256m"),
                    StreamingMemory.class,
                    Integer.toString(source.port()),
                    Integer.toString(target.port()),
                    Integer.toString(OBJECTS),
                    Long.toString(size),
                    Integer.toString(IN_FLIGHT));
            run.said().forEach(System.out::println);
            assertThat(run.exitCode()).isZero();
            assertThat(source.bytesRead()).isEqualTo(OBJECTS * size);
            assertThat(target.writes().stream()
                            .mapToLong(S3StandIn.Write::bytes)
                            .sum())
                    .isEqualTo(OBJECTS * size);
            assertThat(target.uploadsCompleted()).isEqualTo(OBJECTS);
        }
    }
}
