package io.migrator.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built program, run as a process of its own the way a user runs it. */
public final class Program {
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Duration AT_MOST = Duration.ofMinutes(30);

    private final List<String> start;
    private final Path stateDir;

    /**
     * How a run ended.
     *
     * @param cpu processor time of the process but for its last moments, zero where this system does not tell
     * @param peakKiB most memory the process had at once (resident set), -1 where this system does not tell
     */
    public record Run(int exitCode, Duration took, Duration cpu, long peakKiB) {}

    private Program(List<String> start, Path stateDir) {
        this.start = start;
        this.stateDir = stateDir;
    }

    /** {@code java -jar} with this JVM's own java. */
    public static Program jar(Path jar, Path stateDir) {
        return new Program(List.of(java(), "-jar", jar.toString()), stateDir);
    }

    /** The start script beside the jar. */
    public static Program launcher(Path script, Path stateDir) {
        return new Program(List.of(script.toString()), stateDir);
    }

    /** Any other command of the same machine, for comparing. */
    public static Program java(Path stateDir, List<String> options) {
        List<String> start = new ArrayList<>(List.of(java()));
        start.addAll(options);
        return new Program(start, stateDir);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The line a user would type. */
    public String line(String... words) {
        List<String> line = new ArrayList<>(start);
        if (line.get(0).equals(java())) {
            line.set(0, "java");
        }
        line.addAll(List.of(words));
        return "MIGRATOR_STATE_DIR=" + stateDir + " " + String.join(" ", line);
    }

    /** Runs to the end, output to this process' own. */
    public Run run(String... words) {
        return run(builder(words).inheritIO());
    }

    /** Runs to the end, output into the file. */
    public Run run(Path output, String... words) {
        return run(builder(words).redirectErrorStream(true).redirectOutput(output.toFile()));
    }

    /** Starts, output into the file. */
    public Process start(Path output, String... words) throws IOException {
        return builder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private ProcessBuilder builder(String... words) {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MIGRATOR_STATE_DIR", stateDir.toString());
        return builder;
    }

    private static Run run(ProcessBuilder builder) {
        long began = System.nanoTime();
        try {
            Process process = builder.start();
            Thread atExit = new Thread(process::destroy, "stop-program");
            Runtime.getRuntime().addShutdownHook(atExit);
            try {
                long peak = -1;
                Duration cpu = Duration.ZERO;
                do {
                    peak = Math.max(peak, peakKiB(process.pid()));
                    cpu = process.info().totalCpuDuration().orElse(cpu);
                } while (!process.waitFor(25, TimeUnit.MILLISECONDS) && System.nanoTime() - began < AT_MOST.toNanos());
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                if (process.isAlive()) {
                    throw new IllegalStateException("still running after " + AT_MOST + ": " + builder.command());
                }
                return new Run(process.exitValue(), took, cpu, peak);
            } finally {
                process.destroy();
                forget(atExit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + builder.command(), e);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is going down already and runs the hook itself.
            return;
        }
    }

    /** Most memory a process that lives has had at once (resident set), -1 where this system does not tell. */
    public static long peakKiB(long pid) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return peak.find() ? Long.parseLong(peak.group(1)) : -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
