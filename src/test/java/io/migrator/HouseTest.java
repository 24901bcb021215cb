package io.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the house is kept: see CONTRIBUTING.md. */
class HouseTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final int FILES_IN_A_ROOM = 27;
    private static final int LINES_OF_A_FILE = 300;
    private static final Pattern SENTENCE_END = Pattern.compile("[\\w)}]\\. ");
    private static final Pattern DECIDED_BY_TEXT = Pattern.compile(
            "(?i)(message|reason|says|told|words|text|description)\\w*(\\(\\))?\\)?\\.(contains|startsWith|endsWith|matches)\\(\"[a-z]");
    /** Each maps what others say by text alone to types, and says why; the last two look for secrets and keys in files. */
    private static final Set<String> MAY_READ_TEXT = Set.of(
            "Wording.java",
            "TlsFaults.java",
            "LocalFailures.java",
            "GcsFailures.java",
            "KnownSecrets.java",
            "PemKey.java");

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
        try (Stream<Path> main = sources();
                Stream<Path> tests = sources(TESTS)) {
            assertThat(Stream.concat(main, tests).filter(file -> lines(file) > LINES_OF_A_FILE))
                    .isEmpty();
        }
    }

    /** What a room is for, and what it may touch, is said in it: two sentences at the least. */
    @Test
    void everyRoomSaysWhatItIsForAndWhatItMayTouch() throws IOException {
        try (Stream<Path> files = sources()) {
            assertThat(files.map(Path::getParent).distinct()).allSatisfy(room -> {
                Path said = room.resolve("package-info.java");
                assertThat(said).exists();
                String comment = text(said).replaceFirst("(?s)\\*/.*", "").replaceAll("(?s)[\\s*/]+", " ");
                assertThat(SENTENCE_END.matcher(comment).results().count())
                        .as("sentences in %s", said)
                        .isGreaterThanOrEqualTo(2);
            });
        }
    }

    /** Texts change with releases and locales: what a fault is, is a type. */
    @Test
    void nothingIsDecidedFromTheTextOfAMessage() throws IOException {
        try (Stream<Path> files = sources()) {
            assertThat(files.filter(file ->
                                    !MAY_READ_TEXT.contains(file.getFileName().toString()))
                            .filter(file -> DECIDED_BY_TEXT.matcher(text(file)).find()))
                    .isEmpty();
        }
    }

    private static Stream<Path> sources() throws IOException {
        return sources(MAIN);
    }

    private static Stream<Path> sources(Path root) throws IOException {
        return Files.walk(root).filter(file -> file.toString().endsWith(".java"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
