package io.migrator.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The lab of this JVM, started when it is wanted; it may be stopped before the end, and is started anew where it is wanted again. */
final class SharedLab implements AutoCloseable {
    private static @Nullable MigrationLab running;

    MigrationLab open() {
        synchronized (SharedLab.class) {
            MigrationLab lab = running == null ? MigrationLab.start() : running;
            running = lab;
            return lab;
        }
    }

    static void stop() {
        synchronized (SharedLab.class) {
            MigrationLab lab = running;
            running = null;
            if (lab == null) {
                return;
            }
            try {
                lab.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
