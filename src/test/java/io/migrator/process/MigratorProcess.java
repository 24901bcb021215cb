package io.migrator.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** The built jar in a process of its own, killed with this JVM at the latest. */
public final class MigratorProcess implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(4);

    /** No call to a server of these tests comes later than this, and each restore after a death waits as long. */
    private static final String LATE_CALL = "-Dmigrator.import.lateCallSeconds=6";

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final Said said = new Said(out);
    private final List<Thread> readers = new ArrayList<>();
    private final Thread atExit;

    private MigratorProcess(Process process) {
        this.process = process;
        this.atExit = new Thread(process::destroyForcibly, "kill-migrator");
        Runtime.getRuntime().addShutdownHook(atExit);
        readers.add(collect(process.getInputStream(), said::add, said::end));
        readers.add(collect(process.getErrorStream(), err::add, () -> {}));
    }

    /** Starts it in the folder; nothing of this process' environment that configures migrator is passed on. */
    static MigratorProcess start(Path folder, List<String> javaOptions, List<String> words) {
        Path jar = jar();
        Assumptions.assumeTrue(Files.isRegularFile(jar), () -> "no built jar at " + jar);
        List<String> command = program(
                Stream.concat(Stream.of(LATE_CALL), javaOptions.stream()).toArray(String[]::new));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("MINIO_")
                        || name.startsWith("MILVUS_")
                        || name.startsWith("MIGRATOR_")
                        || name.startsWith("BACKUP_"));
        try {
            return new MigratorProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What starts the program: the built jar with an archive of its classes, a second of processor time less than by the classes
     * of this JVM, which are for a test run without a jar.
     */
    public static List<String> program(String... javaOptions) {
        List<String> command =
                new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        boolean built = Files.isRegularFile(jar());
        if (built) {
            ClassArchive.ONCE.option().ifPresent(command::add);
        }
        command.addAll(List.of(javaOptions));
        command.addAll(
                built
                        ? List.of("-jar", jar().toString())
                        : List.of("-classpath", System.getProperty("java.class.path"), "io.migrator.Main"));
        return command;
    }

    /** Makes what all of them start with, which is no run's own time. */
    public static void prepare() {
        Assumptions.assumeTrue(Files.isRegularFile(jar()), () -> "no built jar at " + jar());
        ClassArchive.ONCE.option();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static Path jar() {
        return Path.of(System.getProperty("migrator.jar", "target/migrator.jar"))
                .toAbsolutePath();
    }

    private static Thread collect(InputStream stream, Consumer<String> lines, Runnable end) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader text =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        text.lines().forEach(lines);
                    } catch (IOException | UncheckedIOException e) {
                        lines.accept("(reading broke off: " + e.getMessage() + ")");
                    } finally {
                        end.run();
                    }
                },
                "read-migrator");
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for a line of stdout that starts so; false where the process ended without one. */
    public boolean awaitLine(String start) {
        return said.await(line -> line.startsWith(start), LONGEST);
    }

    /** Waits for a line of JSON on stdout that says so of a stage; false where the process ended without one. */
    public boolean awaitStage(String stage, String state) {
        String part = "\"stage\":\"%s\",\"state\":\"%s\"".formatted(stage, state);
        return said.await(line -> line.contains(part), LONGEST);
    }

    /** Waits for the condition; false where the process ended before it was seen. */
    public boolean awaitUnlessEnded(String what, BooleanSupplier condition, Duration poll) {
        AtomicBoolean seen = new AtomicBoolean();
        Awaitility.await(what)
                .atMost(LONGEST)
                .pollDelay(Duration.ZERO)
                .pollInterval(poll)
                .until(() -> {
                    boolean alive = process.isAlive();
                    seen.set(condition.getAsBoolean());
                    return seen.get() || !alive;
                });
        return seen.get();
    }

    /** Lets it run for so long; false where it ended before. */
    public boolean runsFor(Duration time) {
        try {
            return !process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code kill -9}; true where it was still running. */
    public boolean kill() {
        boolean alive = process.isAlive();
        process.toHandle().destroyForcibly();
        end();
        return alive && process.exitValue() == 128 + 9;
    }

    /** Sends SIGTERM; by the handle, because {@link Process#destroy()} would close the streams as well. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Waits for its end. */
    public Outcome end() {
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + LONGEST + ": " + new Outcome(-1, out, err));
            }
            for (Thread reader : readers) {
                reader.join();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Outcome(process.exitValue(), List.copyOf(out), List.copyOf(err));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is going down already and runs the hook itself.
            return;
        }
    }
}
