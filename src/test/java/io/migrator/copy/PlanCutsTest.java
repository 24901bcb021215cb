package io.migrator.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Into which parts a plan is cut for several workers. */
class PlanCutsTest {
    private static final long GIB = 1L << 30;

    private static List<String> cuts(int chunk, long[]... rows) {
        long bytes = Stream.of(rows).mapToLong(row -> row[1]).sum();
        return PlanCuts.of(new CopyPlan.Totals(rows.length, bytes, rows.length - 1L), chunk)
                .names(Stream.of(rows));
    }

    private static long[][] rows(int count, long size) {
        return LongStream.range(0, count).mapToObj(i -> new long[] {i, size}).toArray(long[][]::new);
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
    void leaveOutWhatIsDone() {
        assertThat(cuts(1, new long[] {3, 1}, new long[] {7, 1}, new long[] {9, 1}))
                .containsExactly("3-7", "9-9");
    }
}
