package io.migrator.restore.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ImportQueueTest {
    private long seconds;
    private final ImportQueue queue = new ImportQueue(3, () -> TimeUnit.SECONDS.toNanos(seconds));

    @Test
    void givesAsManyAsTheServerMayHave() {
        add(unit(1, 1, 0), unit(2, 1, 0), unit(3, 2, 0), unit(4, 2, 0));

        List<ImportUnit> taken = queue.take(2);
        taken.forEach(queue::running);

        assertThat(taken).extracting(ImportUnit::unit).containsExactly(1L, 2L);
        assertThat(queue.take(16)).extracting(ImportUnit::unit).containsExactly(3L);
    }

    @Test
    void keepsDeletesBackUntilEveryRowOfTheirCollectionIsIn() {
        add(unit(1, 1, 0), unit(2, 1, 0), unit(3, 1, 1), unit(4, 2, 1));

        List<ImportUnit> first = queue.take(16);
        assertThat(first).extracting(ImportUnit::unit).containsExactly(1L, 2L, 4L);
        first.forEach(queue::running);
        queue.imported(first.get(0));
        assertThat(queue.take(16)).isEmpty();
        queue.imported(first.get(1));
        assertThat(queue.take(16)).extracting(ImportUnit::unit).containsExactly(3L);
    }

    @Test
    void asksForNoMoreThanTheServerTookWhereItRefused() {
        add(unit(1, 1, 0), unit(2, 1, 0), unit(3, 1, 0));
        List<ImportUnit> taken = queue.take(16);
        queue.running(taken.get(0));

        queue.refused(taken.subList(1, 3));

        assertThat(queue.take(16)).isEmpty();
        queue.imported(taken.get(0));
        assertThat(queue.take(16)).extracting(ImportUnit::unit).containsExactly(2L, 3L);
    }

    @Test
    void triesAgainAfterAWhileThoughTheJobThatTheServerHasNeverEnds() {
        add(unit(1, 1, 0), unit(2, 1, 0), unit(3, 1, 0));
        List<ImportUnit> taken = queue.take(16);
        queue.running(taken.get(0));
        queue.refused(taken.subList(1, 3));

        seconds = 9;
        assertThat(queue.take(16)).isEmpty();
        seconds = 10;
        List<ImportUnit> again = queue.take(16);
        assertThat(again).extracting(ImportUnit::unit).containsExactly(2L);

        queue.refused(again);
        seconds = 1000;
        assertThat(queue.refusedForMillis()).isZero();
        assertThat(queue.take(16)).extracting(ImportUnit::unit).containsExactly(2L);
    }

    @Test
    void looksAtEveryJobOfAPartitionTogether() {
        add(unit(1, 1, 0), unit(2, 1, 0), unit(3, 2, 0));
        List<ImportUnit> taken = queue.take(16);
        taken.forEach(queue::running);

        assertThat(queue.neighbours(taken.subList(0, 1))).containsExactly(taken.get(1));
        assertThat(queue.othersAtWork(taken.subList(0, 2))).isFalse();
    }

    private void add(ImportUnit... units) {
        List.of(units).forEach(queue::add);
    }

    private static ImportUnit unit(long number, long collection, int turn) {
        return new ImportUnit(
                number,
                collection,
                turn,
                "p",
                "dir" + number + "/",
                0,
                false,
                10,
                0,
                ImportUnit.State.PLANNED,
                0,
                0,
                0,
                0);
    }
}
