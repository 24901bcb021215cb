package io.migrator.sink.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that tells of a run in one file after the other, none of which is there, each at once with another process. */
public final class MakesFiles {
    static final int FILES = 40;

    private MakesFiles() {}

    /** @param args the folder, the name of this process and that of the other */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Map<String, String> labels = Map.of("task", args[1]);
        for (int i = 0; i < FILES; i++) {
            Files.createFile(folder.resolve(args[1] + i));
            while (Files.notExists(folder.resolve(args[2] + i))) {
                Thread.onSpinWait();
            }
            PromFile.change(
                    file(folder, i),
                    labels,
                    old -> old.with(List.of(Sample.of("migrator_a", 1L).with(labels)), ""),
                    TakesTurns.PATIENCE);
        }
    }

    static Path file(Path folder, int number) {
        return folder.resolve(number + ".prom");
    }
}
