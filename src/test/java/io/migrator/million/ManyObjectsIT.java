package io.migrator.million;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.Main;
import io.migrator.lab.SmallHeap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty thousand objects in a heap of 64 MB; {@link MillionObjects} takes a million in one of 512 MB. */
final class ManyObjectsIT {
    private static final String SEGMENTS = "7143";

    @TempDir
    private Path folder;

    /** Fourteen thousand as files; {@link MillionOnDisk} takes a million in 512 MB. */
    @Test
    void areVerifiedInASmallHeap() throws IOException, InterruptedException {
        VaultOnDisk vault = new VaultOnDisk(folder, 2000);

        for (List<String> words : List.of(List.of("verify", "-n"), List.of("get", "-n"))) {
            SmallHeap run = SmallHeap.run(
                    folder,
                    Duration.ofMinutes(5),
                    List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                    Main.class,
                    words.get(0),
                    words.get(1),
                    GeneratedVault.BACKUP,
                    "--config=" + vault.config(),
                    "--state-dir=" + folder.resolve("state"));

            assertThat(run.exitCode()).as(String.join("\n", run.said())).isZero();
        }
    }

    @Test
    void areReadCheckedAndDeletedInASmallHeap() throws IOException, InterruptedException {
        SmallHeap run = SmallHeap.run(
                folder,
                Duration.ofMinutes(5),
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                MillionObjects.class,
                folder.toString(),
                SEGMENTS);

        assertThat(run.exitCode()).as(String.join("\n", run.said())).isZero();
    }
}
