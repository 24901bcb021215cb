package io.migrator.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsInFlightTest {
    @ParameterizedTest
    @CsvSource({"16, 1", "64, 2", "256, 10", "512, 16", "8192, 16"})
    void takeHalfOfTheHeapAtMost(long heapMiB, int streams) {
        assertThat(StreamingCopy.mostInFlight(heapMiB << 20, 12)).isEqualTo(streams);
    }

    @ParameterizedTest
    @CsvSource({"16, 2", "64, 9", "124, 16", "8192, 16"})
    void takeThreeQuartersOfAsMuchOutsideIt(long heapMiB, int streams) {
        assertThat(StreamingCopy.mostInFlight(heapMiB << 20, 5)).isEqualTo(streams);
    }
}
