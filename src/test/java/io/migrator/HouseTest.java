package io.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How large a room and a file of the program may become: see CONTRIBUTING.md. */
class HouseTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final int FILES_IN_A_ROOM = 27;
    private static final int LINES_OF_A_FILE = 300;

    @Test
    void noRoomHoldsMoreThanOneCanKeepInMind() throws IOException {
        try (Stream<Path> files = sources()) {
            Map<Path, Long> rooms = files.collect(
                    Collectors.groupingBy(file -> MAIN.relativize(file.getParent()), Collectors.counting()));

            assertThat(rooms).isNotEmpty().allSatisfy((room, held) -> assertThat(held)
                    .isLessThanOrEqualTo(FILES_IN_A_ROOM));
        }
    }

    @Test
    void noFileIsLongerThanIsReadInOneGo() throws IOException {
        try (Stream<Path> files = sources()) {
            assertThat(files.filter(file -> lines(file) > LINES_OF_A_FILE)).isEmpty();
        }
    }

    /** What a room is for, and what it may touch, is said in it. */
    @Test
    void everyRoomSaysWhatItIsFor() throws IOException {
        try (Stream<Path> files = sources()) {
            assertThat(files.map(Path::getParent)
                            .distinct()
                            .filter(room -> !Files.exists(room.resolve("package-info.java")))
                            .map(MAIN::relativize)
                            .map(Path::toString))
                    .isSubsetOf(Path.of("io", "migrator").toString());
        }
    }

    private static Stream<Path> sources() throws IOException {
        return Files.walk(MAIN).filter(file -> file.toString().endsWith(".java"));
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
