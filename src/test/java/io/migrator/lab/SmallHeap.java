package io.migrator.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A main class of the tests that ran in a Java of its own, to be given a heap of a certain size.
 *
 * @param said its output and its errors
 */
public record SmallHeap(int exitCode, List<String> said) {
    /** These options, and those for what ends before a better compiler and collector pay. */
    public static List<String> brief(String... more) {
        List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        options.addAll(List.of(more));
        return options;
    }

    /**
     * Runs it to its end; fails where it takes longer, with what it said so far.
     *
     * @param folder for its output
     * @param options of Java, such as {@code -Xmx64m}; without memory it ends at once
     */
    public static SmallHeap run(Path folder, Duration atMost, List<String> options, Class<?> main, String... words)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // Before the options, which may say otherwise.
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(options);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS);
            List<String> said = Files.readAllLines(output);
            if (!ended) {
                throw new IllegalStateException(main.getSimpleName() + " did not end:\n" + String.join("\n", said));
            }
            return new SmallHeap(process.exitValue(), said);
        } finally {
            process.destroyForcibly();
        }
    }
}
