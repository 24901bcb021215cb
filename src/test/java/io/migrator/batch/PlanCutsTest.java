package io.migrator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.batch.PlanCuts.Range;
import io.migrator.batch.PlanCuts.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Into which parts a plan is cut for several workers. */
class PlanCutsTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private static List<String> cuts(int chunk, Row... rows) {
        long objects = Stream.of(rows).mapToLong(Row::objects).sum();
        long bytes = Stream.of(rows).mapToLong(Row::bytes).sum();
        return PlanCuts.of(objects, bytes, chunk).names(Stream.of(rows));
    }

    private static Row[] rows(int count, long size) {
        return rows(count, 1, size);
    }

    private static Row[] rows(int count, long objects, long size) {
        return LongStream.range(0, count)
                .mapToObj(i -> new Row(i, objects, size))
                .toArray(Row[]::new);
    }

    @Test
    void areNoneOfNothing() {
        assertThat(cuts(250)).isEmpty();
    }

    @Test
    void haveTwoChunksAtLeast() {
        assertThat(cuts(2, rows(10, 1))).containsExactly("0-3", "4-7", "8-9");
    }

    /** Else a plan of the usual size would be of use to two or three workers. */
    @Test
    void haveLessWhereAChunkIsLarge() {
        assertThat(cuts(250, rows(1600, 1))).hasSize(32).startsWith("0-49").endsWith("1550-1599");
    }

    /** Whoever has no more to do waits for the others. */
    @Test
    void areHalfAsLargeAtTheEnd() {
        assertThat(cuts(5, rows(1920, 1)))
                .hasSize(56 + 16)
                .contains("1650-1679", "1680-1694", "1695-1709")
                .endsWith("1905-1919");
        assertThat(cuts(250, rows(400, 4 * MIB))).startsWith("0-6", "7-13").endsWith("394-397", "398-399");
    }

    @Test
    void areEnoughForManyWorkersAndNoneIsLong() {
        assertThat(cuts(250, rows(20_000, 1))).hasSize(72);
        assertThat(cuts(250, rows(400_000, 1))).hasSize(88).startsWith("0-4999");
        assertThat(cuts(1, rows(100_000, 1))).hasSizeBetween(960, 1000);
    }

    @Test
    void endWithTheObjectThatMakesThemLarge() {
        assertThat(cuts(250, rows(100, 10 * GIB))).hasSize(100);
        assertThat(cuts(250, rows(640, GIB))).hasSize(88).startsWith("0-7");
    }

    @Test
    void countTheObjectsOfRowsThatHaveMany() {
        assertThat(cuts(5, rows(5, 4, 1))).containsExactly("0-2", "3-4");
        assertThat(cuts(5, rows(2, 0, 0))).containsExactly("0-1");
    }

    @Test
    void leaveOutWhatIsDone() {
        assertThat(cuts(1, new Row(3, 1, 1), new Row(7, 1, 1), new Row(9, 1, 1)))
                .containsExactly("3-7", "9-9");
    }

    /** Whoever is told to stop, or takes over, waits for what one takes. */
    @Test
    void areSmallerWhereTheRunIsToBeSlow() {
        Row[] rows = rows(64, 4 * MIB);
        long all = 256 * MIB;

        assertThat(PlanCuts.of(64, all, 250).names(Stream.of(rows)))
                .hasSize(8 + 16)
                .startsWith("0-3")
                .endsWith("62-63");
        assertThat(PlanCuts.of(64, all, 250).within(MIB / 8, 0).names(Stream.of(rows)))
                .hasSize(64);
        assertThat(PlanCuts.of(64, all, 250).within(MIB / 2, 0).names(Stream.of(rows)))
                .hasSize(25 + 14)
                .startsWith("0-1")
                .endsWith("63-63");
        assertThat(PlanCuts.of(640, 640, 250).within(0, 1).names(Stream.of(rows(640, 1))))
                .startsWith("0-14", "15-29")
                .endsWith("630-639");
        assertThat(PlanCuts.of(64, all, 1)
                        .within(Long.MAX_VALUE, Long.MAX_VALUE)
                        .names(Stream.of(rows)))
                .isEqualTo(PlanCuts.of(64, all, 1).names(Stream.of(rows)));
    }

    @Test
    void areNoMoreWhereSmallAndLargeAreMixed() {
        List<Row> mixed = new ArrayList<>();
        for (long i = 0; i < 200_000; i++) {
            mixed.add(new Row(i, 1, i < 100_000 ? 1 : 200 * MIB));
        }
        assertThat(PlanCuts.of(200_000, 100_000 * (200 * MIB + 1), 1).names(mixed.stream()))
                .hasSizeBetween(700, 1000);
    }

    @Test
    void areNoMoreThanARunLooksAtHoweverSlowItIsToBe() {
        assertThat(PlanCuts.of(100_000, 100_000 * MIB, 250).within(1, 1).names(Stream.of(rows(100_000, MIB))))
                .hasSizeBetween(960, 1000);
    }

    @Test
    void areFoundByTheirNames() {
        assertThat(Range.of("3-7")).isEqualTo(new Range(3, 7)).hasToString("3-7");
        assertThat(Range.of("copyBinlogs:0-249")).isEqualTo(new Range(0, 249));
    }
}
