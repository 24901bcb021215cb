package io.migrator.launch;

import io.migrator.launch.state.JobDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Another process that has a job database open, until it is closed. */
final class HeldDatabase implements AutoCloseable {
    private final Process process;

    private HeldDatabase(Process process) {
        this.process = process;
    }

    /** Returns once that process has it. */
    static HeldDatabase of(Path folder, String name) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeldDatabase.class.getName(),
                        folder.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() < 0) {
            throw new IOException("the other process has ended");
        }
        return new HeldDatabase(process);
    }

    public static void main(String[] args) throws IOException {
        try (JobDatabase held = JobDatabase.open(Path.of(args[0]), args[1], UnaryOperator.identity())) {
            System.out.write('\n');
            System.out.flush();
            // Until whoever started it goes.
            while (System.in.read() >= 0) {
                held.requireHeld();
            }
        }
    }

    /** Ends that process, and waits for its end. */
    void end() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }
}
