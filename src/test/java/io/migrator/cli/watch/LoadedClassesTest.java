package io.migrator.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.Main;
import io.migrator.lab.SmallHeap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not configured costs a start nothing: none of its classes is loaded. */
class LoadedClassesTest {
    @TempDir
    Path dir;

    @Test
    void nobodyWhoIsNotToldIsLoaded() throws Exception {
        List<String> plain = loaded();
        assertThat(plain).contains("io.migrator.record.RunRecording");
        assertThat(plain).noneMatch(name -> name.startsWith("io.migrator.sink."));

        List<String> told = loaded("--set", "metrics.textfile=" + dir);
        assertThat(told).contains("io.migrator.sink.metrics.Textfile");
        assertThat(told).noneMatch(name -> name.startsWith("io.migrator.sink.notify."));
    }

    /** Names of the classes that a proof of nothing loads. */
    private List<String> loaded(String... words) throws IOException, InterruptedException {
        Path log = dir.resolve("loaded.txt");
        Files.createDirectories(dir.resolve("vault"));
        SmallHeap run = SmallHeap.run(
                dir,
                Duration.ofMinutes(2),
                SmallHeap.brief("-Xlog:class+load:file=" + log),
                Main.class,
                Stream.concat(
                                Stream.of(
                                        "--job=verify",
                                        "name=n",
                                        "--state-dir",
                                        dir.resolve("state").toString(),
                                        "--set",
                                        "minio.storageType=local",
                                        "--set",
                                        "minio.backupStorageType=local",
                                        "--set",
                                        "minio.backupRootPath=" + dir.resolve("vault")),
                                Stream.of(words))
                        .toArray(String[]::new));
        assertThat(run.exitCode()).as("%s", run.said()).isEqualTo(10);
        return Files.readAllLines(log).stream()
                .map(line -> line.replaceFirst("^.*\\] ", "").replaceFirst(" .*", ""))
                .toList();
    }
}
