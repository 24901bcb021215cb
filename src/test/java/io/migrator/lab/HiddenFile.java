package io.migrator.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A file that is moved away until it is wanted back. */
public final class HiddenFile implements Runnable {
    private final Path file;
    private final Path aside;

    private HiddenFile(Path file, Path aside) {
        this.file = file;
        this.aside = aside;
    }

    /** Hides the first file below the folder. */
    public static HiddenFile firstOf(Path folder, Path aside) {
        try (Stream<Path> files = Files.walk(folder)) {
            Path file = files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
            Files.move(file, aside);
            return new HiddenFile(file, aside);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings it back. */
    @Override
    public void run() {
        try {
            Files.move(aside, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
