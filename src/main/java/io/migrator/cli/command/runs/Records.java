package io.migrator.cli.command.runs;

import io.migrator.failure.Failure;
import io.migrator.failure.FileFault;
import io.migrator.failure.MigratorException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/** Reads records of runs for words: REPOSITORY where their folder cannot be read. */
final class Records {
    private Records() {}

    static <T> T read(Path state, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UncheckedIOException e) {
            throw MigratorException.unable(
                    Failure.REPOSITORY,
                    "read",
                    state.toString(),
                    FileFault.told(Objects.requireNonNull(e.getCause())),
                    "Name the state folder with --state-dir.",
                    e);
        }
    }
}
