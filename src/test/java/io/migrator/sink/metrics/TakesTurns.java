package io.migrator.sink.metrics;

import io.migrator.sink.WholeFile;
import java.io.IOException;
import java.nio.file.Path;

/** A process that writes a file many times, each time one more than it found. */
public final class TakesTurns {
    static final int TURNS = 40;

    private TakesTurns() {}

    /** @param args the file */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]));
    }

    static void write(Path file) throws IOException {
        for (int i = 0; i < TURNS; i++) {
            try (FileTurn turn = FileTurn.of(file)) {
                WholeFile.write(file, (Integer.parseInt(turn.text().strip()) + 1) + "\n", "rw-r--r--");
            }
        }
    }
}
