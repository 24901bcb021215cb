package io.migrator.restore.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowCountTest {
    @ParameterizedTest
    @CsvSource({
        // before, imported, Milvus, L0 entries, counted, verdict
        "0, 100, 100, 0, true, PROVEN",
        "0, 100, 99, 0, true, WRONG",
        "0, 100, 101, 0, true, WRONG",
        "0, 100, 97, 3, true, PROVEN",
        "0, 100, 96, 3, true, WRONG",
        "0, 100, 96, 0, false, UNPROVEN",
        "0, 100, 101, 0, false, WRONG",
        "50, 100, 150, 0, true, PROVEN",
        "50, 100, 150, 3, true, UNPROVEN",
        "50, 100, 147, 3, true, UNPROVEN",
        "50, 100, 150, 0, false, UNPROVEN",
        "50, 100, 151, 0, true, WRONG",
        "50, 100, 101, 0, true, UNPROVEN",
        "50, 100, 99, 0, true, WRONG",
    })
    void takesFewerRowsForProvenOnlyWhereCountedDeletesMayHaveRemovedThem(
            long before, long imported, long server, long pending, boolean known, RowCount.Verdict verdict) {
        assertThat(new RowCount(before, imported, server, pending, known, "").verdict())
                .isEqualTo(verdict);
    }

    /** Of 40 entries three name a row that came in: no more rows may be missing. */
    @ParameterizedTest
    @CsvSource({"100, PROVEN", "98, PROVEN", "97, PROVEN", "96, WRONG", "101, WRONG"})
    void takesNoMoreRowsForDeletedThanKeysTell(long server, RowCount.Verdict verdict) {
        RowCount byNumbers = new RowCount(0, 100, server, 40, true, "");

        assertThat(byNumbers.dependsOnPending()).isEqualTo(server < 100);
        assertThat(byNumbers.leaving(97).verdict()).isEqualTo(verdict);
    }

    @Test
    void rowsThatMayHaveGoneByTheirAgeAreNotProven() {
        RowCount less = new RowCount(0, 100, 3, 0, true, "collection.ttl.seconds=5");

        assertThat(less.verdict()).isEqualTo(RowCount.Verdict.UNPROVEN);
        assertThat(less.words()).contains("imported 100 rows, Milvus has 3", "collection.ttl.seconds=5");
        assertThat(new RowCount(0, 100, 100, 0, true, "collection.ttl.seconds=5").verdict())
                .isEqualTo(RowCount.Verdict.PROVEN);
    }
}
