package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup by a coordinator and two workers in processes of their own, some of which are killed in the middle. */
class RemoteKillIT {
    private static final Duration GRACE = Duration.ofSeconds(25);

    @TempDir
    Path folder;

    private RemoteGround ground;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        ground = RemoteGround.start(folder);
        ground.writeConfig(folder.resolve("backup.yaml"));
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
        ground.close();
    }

    private Process start(String name, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                // Else the next run waits half a minute for the lease of the one that was killed.
                "-Dmigrator.lease.intervalSeconds=1",
                "-classpath",
                System.getProperty("java.class.path"),
                "io.migrator.Main"));
        command.addAll(List.of(words));
        command.addAll(List.of("--config", folder.resolve("backup.yaml").toString()));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private Process coordinator(String name) throws IOException {
        List<String> words = new ArrayList<>(List.of("--job=backup"));
        words.addAll(List.of(ground.slowly()));
        return start(name, words.toArray(String[]::new));
    }

    private void assertEnds(Process process, String name) throws Exception {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(name + " ends").isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve(name + ".log")))
                .isZero();
    }

    @Test
    void outlivesTheDeathOfAWorkerAndOfItsCoordinator() throws Exception {
        Process victim = start("victim", "worker", "--threads=1");
        Process killed = coordinator("killed");
        ground.awaitRecorded(4);
        victim.destroyForcibly().waitFor();
        Process worker = start("worker", "worker", "--threads=2");
        ground.awaitRecorded(12);
        Map<String, Object> before = ground.inodesOfRecorded();
        assertThat(before).isNotEmpty();
        killed.destroyForcibly().waitFor();

        assertEnds(coordinator("again"), "again");

        ground.requireWhole();
        assertThat(ground.inodesOfRecorded())
                .as("what was recorded is not copied again")
                .containsAllEntriesOf(before);
        worker.destroy();
        assertThat(worker.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertEnds(worker, "worker");
    }
}
