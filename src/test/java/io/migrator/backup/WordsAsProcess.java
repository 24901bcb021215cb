package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.process.MigratorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in processes of their own, with {@code backup.yaml} of a folder. */
final class WordsAsProcess implements AutoCloseable {
    /** Gives a process another clock; of Debian's package {@code faketime}. */
    static final Path FAKETIME = Path.of(
            "/usr/lib",
            System.getProperty("os.arch").replace("amd64", "x86_64") + "-linux-gnu",
            "faketime/libfaketime.so.1");

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    WordsAsProcess(Path folder) {
        this.folder = folder;
    }

    Process start(String... words) throws IOException {
        return start(Map.of(), words);
    }

    /** @param seconds after which a worker that says nothing loses its part */
    Process startImpatient(int seconds, String... words) throws IOException {
        return start(Map.of("JAVA_TOOL_OPTIONS", "-Dmigrator.worker.silentSeconds=" + seconds), words);
    }

    /** @param offset of its clock, such as {@code +1h}; how long something takes is as for all */
    Process startWithClock(String offset, String... words) throws IOException {
        // Without the last word it ends waits of Java too early.
        return start(
                Map.of(
                        "LD_PRELOAD",
                        FAKETIME.toString(),
                        "FAKETIME",
                        offset,
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"),
                words);
    }

    private Process start(Map<String, String> environment, String... words) throws IOException {
        // Else the next run waits half a minute for the lease of the one that was killed.
        List<String> command = MigratorProcess.program("-Dmigrator.lease.intervalSeconds=1");
        command.addAll(List.of(words));
        command.addAll(List.of("--config", folder.resolve("backup.yaml").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(processes.size()).toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private Path log(int number) {
        return folder.resolve("process-" + number + ".log");
    }

    /** It stands still, as a machine does that swaps or is moved. */
    static void freeze(Process process) throws IOException, InterruptedException {
        signal("-STOP", process);
    }

    /** It goes on as if no time had passed. */
    static void thaw(Process process) throws IOException, InterruptedException {
        signal("-CONT", process);
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("no signal " + signal + " for " + process.pid());
        }
    }

    /** What that process, or an end of it, said. */
    String log(Process process) throws IOException {
        return Files.readString(log(processes.indexOf(process)));
    }

    /** With 0. */
    void assertEnds(Process process, Duration within) throws IOException, InterruptedException {
        assertThat(process.waitFor(within.toSeconds(), TimeUnit.SECONDS))
                .as("ends: " + log(process))
                .isTrue();
        assertThat(process.exitValue()).as(log(process)).isZero();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
