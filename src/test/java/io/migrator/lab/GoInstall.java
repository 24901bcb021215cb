package io.migrator.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Builds a program with {@code go install}. */
final class GoInstall {
    private static final int MINUTES = 20;

    private GoInstall() {}

    /** Puts the program into the folder, or fails with what Go said. */
    static void into(Path folder, String module, String program) throws IOException, InterruptedException {
        Path log = Files.createTempFile("migrator-go-install", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder("go", "install", module)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("GOBIN", folder.toString());
            Process process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("go install took more than " + MINUTES + " minutes");
            }
            if (process.exitValue() != 0 || !Files.isExecutable(folder.resolve(program))) {
                throw new IOException("go install failed: " + Files.readString(log));
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
