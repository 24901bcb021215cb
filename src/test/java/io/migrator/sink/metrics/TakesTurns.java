package io.migrator.sink.metrics;

import io.migrator.sink.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A process that writes a file many times, each time one more than it found. */
public final class TakesTurns {
    static final int TURNS = 40;
    /** Whoever comes again at once nearly always comes first, and a busy machine makes each turn long. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private TakesTurns() {}

    /** @param args the file */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]));
    }

    static void write(Path file) throws IOException {
        for (int i = 0; i < TURNS; i++) {
            try (FileTurn turn = FileTurn.of(file, PATIENCE)) {
                WholeFile.write(file, (Integer.parseInt(turn.text().strip()) + 1) + "\n", "rw-r--r--");
            }
        }
    }
}
