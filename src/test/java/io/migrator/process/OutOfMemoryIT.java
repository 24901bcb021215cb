package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.MilvusConfig;
import io.migrator.lab.SmallHeap;
import io.migrator.restore.RepeatGround;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run without memory ends, by a code that says it may be repeated, and holds no lease that others would wait for. */
class OutOfMemoryIT {
    @TempDir
    private Path folder;

    /** It eats its memory where a collection is described, on one of several threads. */
    @Test
    void endsTheProcessAndGivesTheLeaseBack() throws IOException, InterruptedException {
        try (RepeatGround ground = RepeatGround.in(folder.resolve("ground"))) {
            ground.fill("coll", 1);
            MilvusConfig milvus = ground.source().config();

            SmallHeap run = SmallHeap.run(
                    folder,
                    Duration.ofMinutes(2),
                    List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-ExitOnOutOfMemoryError"),
                    HungryRun.class,
                    "advance",
                    folder.toString(),
                    "--job=backup",
                    "collection=coll",
                    "name=hungry",
                    "gc-pause=off",
                    "--state-dir=" + folder.resolve("state"),
                    "--set=milvus.address=127.0.0.1",
                    "--set=milvus.port=" + milvus.port(),
                    "--set=minio.storageType=local",
                    "--set=minio.rootPath=" + ground.vaultFolder().resolveSibling("a"),
                    "--set=minio.backupRootPath=" + ground.vaultFolder());

            String said = String.join("\n", run.said());
            assertThat(run.exitCode()).as(said).isEqualTo(5);
            assertThat(said).contains("unable to run 'backup': its memory of", "-Xmx1g");
            assertThat(ground.vaultFolder().resolve("hungry/migrator/incomplete.json"))
                    .exists();
            assertThat(Files.exists(ground.vaultFolder().resolve("hungry/migrator/lease.json")))
                    .as("lease")
                    .isFalse();
        }
    }
}
