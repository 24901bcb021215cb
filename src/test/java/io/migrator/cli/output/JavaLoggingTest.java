package io.migrator.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.SmallHeap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a library says by Java's own logging becomes a log line, whoever is the first to log. */
class JavaLoggingTest {
    @TempDir
    Path dir;

    /** In the place of a library. */
    static final class Library {
        private Library() {}

        public static void main(String[] words) {
            LogProvider.choose();
            Logger.getLogger("io.grpc.Library").info("a trifle");
            Logger.getLogger("io.grpc.Library").warning("told by Java");
        }
    }

    @Test
    void saysItAsAllLogLines() throws Exception {
        SmallHeap run = SmallHeap.run(dir, Duration.ofMinutes(2), SmallHeap.brief(), Library.class);

        assertThat(run.exitCode()).as("%s", run.said()).isZero();
        assertThat(run.said()).hasSize(1).allMatch(line -> line.endsWith("Z WARN  Library: told by Java"));
    }
}
