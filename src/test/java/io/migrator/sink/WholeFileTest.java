package io.migrator.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path dir;

    @Test
    void twoAtOnceLeaveOneOfTheirsAndNothingElse() throws Exception {
        Path file = dir.resolve("a.html");
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> written = new ArrayList<>();
            for (String text : List.of("a".repeat(100_000), "b".repeat(100_000))) {
                written.add(both.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        WholeFile.write(file, text, "rw-r-----");
                    }
                    return null;
                }));
            }
            for (Future<?> one : written) {
                one.get();
            }
        } finally {
            both.shutdownNow();
        }

        assertThat(Files.readString(file)).hasSize(100_000).matches("a*|b*");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        try (var files = Files.list(dir)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** Somebody else who may write in the folder has laid it there. */
    @Test
    void aLinkInItsPlaceIsReplacedAndNotFollowed() throws IOException {
        Path other = Files.writeString(dir.resolve("other"), "untouched");
        Path file = Files.createSymbolicLink(dir.resolve("a.prom"), other);
        WholeFile.write(file, "new", "rw-r--r--");

        assertThat(Files.readString(other)).isEqualTo("untouched");
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(Files.readString(file)).isEqualTo("new");
    }
}
