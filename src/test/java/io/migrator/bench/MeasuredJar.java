package io.migrator.bench;

import io.migrator.demo.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The built jar in a heap of 512 MB, or (launcher) the start script beside it, whose every run is measured and printed. */
final class MeasuredJar {
    private final Path workDir;
    private final Program jar;

    MeasuredJar(Path jar, Path workDir) {
        this.workDir = workDir;
        this.jar = System.getProperty("bench.by", "").equals("launcher")
                ? Program.launcher(jar.resolveSibling("migrator").toAbsolutePath(), workDir.resolve("state"))
                : Program.java(workDir.resolve("state"), List.of("-Xmx512m", "-jar", jar.toString()));
    }

    /** Starts one that goes on until it is stopped. */
    Process start(Path output, String... words) throws IOException {
        return jar.start(output, words);
    }

    /** Fails where the run ends with another exit code than 0. */
    void run(String what, Path config, String... words) throws IOException {
        Path output = workDir.resolve(what + ".log");
        Measured measured = new Measured();
        String[] all = Stream.concat(Stream.of(words), Stream.of("--config=" + config, "--output=json"))
                .toArray(String[]::new);
        measured.add(jar.run(output, all), output);
        System.out.printf(
                "%s: %.1f s, %.1f s of processor time, %d MiB at most; stages: %s%n",
                what, measured.seconds(), measured.cpuSeconds(), measured.peakMiB(), measured.breakdown());
    }
}
