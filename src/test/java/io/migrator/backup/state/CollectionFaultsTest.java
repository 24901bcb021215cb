package io.migrator.backup.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.batch.FaultScope;
import io.migrator.batch.OnError;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.JobTables;
import io.migrator.report.Progress;
import org.junit.jupiter.api.Test;

class CollectionFaultsTest {
    private static final MigratorException THROTTLED = new MigratorException(Failure.THROTTLED, "slow down");
    private static final MigratorException DAMAGED = new MigratorException(Failure.CORRUPT, "damaged");

    private final CollectionFaults goingOn = faults(OnError.CONTINUE);

    private static CollectionFaults faults(OnError onError) {
        BackupState state = BackupState.in(JobTables.inMemory());
        return new CollectionFaults(new FaultScope(onError, () -> {}), state, Progress.NONE);
    }

    @Test
    void goesOnWithoutACollectionThatFails() {
        assertThat(goingOn.canSpare(DAMAGED)).isTrue();
        assertThat(faults(OnError.STOP).canSpare(DAMAGED)).isFalse();

        goingOn.spare(7, DAMAGED);

        assertThat(goingOn.hasLeftOut(7)).isTrue();
        assertThat(goingOn.hasLeftOut(8)).isFalse();
    }

    /** Else one collection after the other would be left out, two minutes each. */
    @Test
    void endsTheRunWhereAStoreThrottles() {
        assertThat(goingOn.canSpare(THROTTLED)).isFalse();
        assertThat(goingOn.canSpareReading(THROTTLED)).isFalse();
    }
}
