package io.migrator.reliability;

import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Takes files of a bucket away when a run begins to copy, and brings them back when it begins anew. */
final class VanishingFiles implements Progress, AutoCloseable {
    private final Path logs;
    private final Path away;
    private boolean done;

    VanishingFiles(Path bucket) {
        this.logs = bucket.resolve("insert_log");
        this.away = bucket.resolve("away");
    }

    @Override
    public void stage(Stage stage) {
        if (stage.name().equals("copy") && !done) {
            done = true;
            move(first(), away);
        } else if (stage.name().equals("preflight")) {
            close();
        }
    }

    /** All logs of one collection. */
    private Path first() {
        try (Stream<Path> collections = Files.list(logs)) {
            return List.copyOf(collections.sorted().toList()).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.writeString(to.resolveSibling("away.from"), from.toString());
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void advance(long objects, long bytes) {}

    @Override
    public void note(String line) {}

    @Override
    public void close() {
        try {
            if (Files.exists(away)) {
                Files.move(away, Path.of(Files.readString(away.resolveSibling("away.from"))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
