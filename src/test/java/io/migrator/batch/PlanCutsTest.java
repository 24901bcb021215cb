package io.migrator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.batch.PlanCuts.Range;
import io.migrator.batch.PlanCuts.Row;
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

    @Test
    void areEnoughForManyWorkersAndNoneIsLong() {
        assertThat(cuts(250, rows(20_000, 1))).hasSize(40);
        assertThat(cuts(250, rows(400_000, 1))).hasSize(80).startsWith("0-4999");
        assertThat(cuts(1, rows(100_000, 1))).hasSize(1000);
    }

    @Test
    void endWithTheObjectThatMakesThemLarge() {
        assertThat(cuts(250, rows(100, 10 * GIB))).hasSize(100);
        assertThat(cuts(250, rows(640, GIB))).hasSize(80).startsWith("0-7");
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
        Row[] rows = rows(64, 16 * MIB);

        assertThat(PlanCuts.of(64, GIB, 250).names(Stream.of(rows))).hasSize(16);
        assertThat(PlanCuts.of(64, GIB, 250).within(MIB, 0).names(Stream.of(rows)))
                .hasSize(64);
        assertThat(PlanCuts.of(64, GIB, 250).within(2 * MIB, 0).names(Stream.of(rows)))
                .hasSize(32)
                .startsWith("0-1");
        assertThat(PlanCuts.of(64, 64, 250).within(0, 1).names(Stream.of(rows(64, 1))))
                .hasSize(5)
                .startsWith("0-14");
        assertThat(PlanCuts.of(64, GIB, 1)
                        .within(Long.MAX_VALUE, Long.MAX_VALUE)
                        .names(Stream.of(rows)))
                .isEqualTo(PlanCuts.of(64, GIB, 1).names(Stream.of(rows)));
    }

    @Test
    void areNoMoreThanARunLooksAtHoweverSlowItIsToBe() {
        assertThat(PlanCuts.of(100_000, 100_000 * MIB, 250).within(1, 1).names(Stream.of(rows(100_000, MIB))))
                .hasSize(1000);
    }

    @Test
    void areFoundByTheirNames() {
        assertThat(Range.of("3-7")).isEqualTo(new Range(3, 7)).hasToString("3-7");
        assertThat(Range.of("copyBinlogs:0-249")).isEqualTo(new Range(0, 249));
    }
}
