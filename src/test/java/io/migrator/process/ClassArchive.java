package io.migrator.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An archive of the jar's classes, made once a JVM as the launcher script makes it: a hundred starts cost seconds each
 * without it. The tests go without where it cannot be made.
 */
record ClassArchive(Optional<String> option) {
    static final ClassArchive ONCE = make();

    private static ClassArchive make() {
        try {
            Path archive = Files.createTempDirectory("migrator-classes").resolve("migrator.jsa");
            Process process = new ProcessBuilder(List.of(
                            MigratorProcess.java(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-XX:ArchiveClassesAtExit=" + archive,
                            "-jar",
                            MigratorProcess.jar().toString(),
                            "--load-classes"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            process.destroyForcibly();
            archive.getParent().toFile().deleteOnExit();
            archive.toFile().deleteOnExit();
            return new ClassArchive(Optional.of(archive)
                    .filter(file -> ended && Files.exists(file))
                    .map(file -> "-XX:SharedArchiveFile=" + file));
        } catch (IOException e) {
            return new ClassArchive(Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ClassArchive(Optional.empty());
        }
    }
}
