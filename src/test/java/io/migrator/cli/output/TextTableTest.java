package io.migrator.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void putsNumbersToTheRight() {
        assertThat(TextTable.lines(List.of("name", "rows"), List.of(List.of("a", "5"), List.of("long name", "12,000"))))
                .containsExactly("name         rows", "a               5", "long name  12,000");
    }

    @Test
    void takesRowsOfDifferentLengths() {
        assertThat(TextTable.lines(List.of(), List.of(List.of("a"), List.of("bb", "c"))))
                .containsExactly("", "a", "bb  c");
    }

    @Test
    void isQuickWithAsManyRowsAsALargeServerHasCollections() {
        List<List<String>> rows = IntStream.range(0, 50_000)
                .mapToObj(i -> List.of("default.coll_" + i, "1", String.valueOf(i)))
                .toList();

        assertThat(Assertions.assertTimeout(
                        Duration.ofSeconds(10), () -> TextTable.lines(List.of("collection", "segments", "rows"), rows)))
                .hasSize(50_001);
    }

    @Test
    void oneLongCellMakesNoOtherRowLong() {
        List<List<String>> rows = List.of(List.of("x".repeat(100_000), "1"), List.of("b", "2"));

        assertThat(TextTable.lines(List.of("a", "n"), rows).get(2)).hasSizeLessThan(300);
    }
}
