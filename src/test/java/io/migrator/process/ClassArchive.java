package io.migrator.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An archive of the jar's classes beside it, made as the launcher script makes it and once for all JVMs of tests: a hundred
 * starts cost seconds each without it. The tests go without where it cannot be made.
 */
record ClassArchive(Optional<String> option) {
    static final ClassArchive ONCE = make();

    private static ClassArchive make() {
        Path jar = MigratorProcess.jar();
        Path archive = jar.resolveSibling("tests.jsa");
        try (FileChannel one = FileChannel.open(
                        jar.resolveSibling("tests.jsa.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = one.lock()) {
            boolean fresh = Files.exists(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
            return new ClassArchive(Optional.of(archive)
                    .filter(file -> (fresh && lock.isValid()) || made(file, jar))
                    .map(file -> "-XX:SharedArchiveFile=" + file));
        } catch (IOException e) {
            return new ClassArchive(Optional.empty());
        }
    }

    private static boolean made(Path archive, Path jar) {
        try {
            Files.deleteIfExists(archive);
            Process process = new ProcessBuilder(List.of(
                            MigratorProcess.java(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-XX:ArchiveClassesAtExit=" + archive,
                            "-jar",
                            jar.toString(),
                            "--load-classes"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            process.destroyForcibly();
            return ended && Files.exists(archive);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
