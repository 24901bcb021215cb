package io.migrator.bench;

import io.migrator.demo.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Workers as processes of one thread, and what each of them has cost so far. */
final class MeasuredWorkers implements AutoCloseable {
    private final List<Process> processes = new ArrayList<>();

    MeasuredWorkers(MeasuredJar jar, Path config, Path workDir, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            processes.add(
                    jar.start(workDir.resolve("worker-" + i + ".log"), "worker", "--threads=1", "--config=" + config));
        }
    }

    void print() {
        for (Process process : processes) {
            System.out.printf(
                    Locale.ROOT,
                    "worker: %.1f s of processor time, %d MiB at most%n",
                    process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3,
                    Program.peakKiB(process.pid()) / 1024);
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
    }
}
