package io.migrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.remote.ClaimedPartition.End;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a part at work in this worker begins no more copies. */
class ClaimedPartitionTest {
    private static ClaimedPartition heardBefore(Duration age) {
        return new ClaimedPartition(1, 1, System.nanoTime() - age.toNanos(), new PartitionReports.Done(0, 0, 1));
    }

    @Test
    void goesOnWhileItsRunIsHeardOf() {
        ClaimedPartition partition = heardBefore(Duration.ZERO);

        assertThat(partition.stop().requested()).isFalse();
        assertThat(partition.end()).isNull();
    }

    /** No thread of the watch has run since its process stood still. */
    @Test
    void asksTheClockBeforeEachCopy() {
        ClaimedPartition partition = heardBefore(Offers.HEARD);

        assertThat(partition.stop().requested()).isTrue();
        assertThat(partition.end()).isEqualTo(End.HANDED_BACK);
    }

    @Test
    void leavesTimeForTheCopiesInFlight() {
        assertThat(heardBefore(Offers.HEARD.minusSeconds(4)).stop().requested()).isTrue();
    }
}
