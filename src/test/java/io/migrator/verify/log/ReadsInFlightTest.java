package io.migrator.verify.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadsInFlightTest {
    @ParameterizedTest
    @CsvSource({"8, 1", "64, 1", "256, 12", "8192, 508"})
    void holdHalfOfTheHeapAtMost(long heapMiB, int reads) {
        assertThat(LogReader.mostInFlight(heapMiB << 20)).isEqualTo(reads);
    }
}
