package io.migrator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FaultScopeTest {
    private static final MigratorException MISSING = new MigratorException(Failure.NOT_FOUND, "no such object");

    private final FaultScope goingOn = new FaultScope(OnError.CONTINUE, () -> {});

    @Test
    void takesAMissingObjectForTheFaultOfItsCollection() {
        assertThat(goingOn.canSpare(MISSING)).isTrue();
        assertThat(new FaultScope(OnError.STOP, () -> {}).canSpare(MISSING)).isFalse();
    }

    @Test
    void endsTheRunWhereTheBucketIsGone() {
        FaultScope scope = new FaultScope(OnError.CONTINUE, () -> {
            throw new MigratorException(Failure.NOT_FOUND, "no such bucket");
        });

        assertThatThrownBy(() -> scope.canSpare(MISSING)).hasMessage("no such bucket");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {
                "SOURCE_CHANGED",
                "SERVER_FAILED",
                "NOT_FOUND",
                "UNSUPPORTED",
                "CONFLICT",
                "CORRUPT",
                "RESUME_REFUSED",
                "PARTIAL"
            })
    void endsTheRunForWhatWouldMeetEveryCollection(Failure failure) {
        assertThat(goingOn.canSpare(new MigratorException(failure, ""))).isFalse();
    }

    @Test
    void takesAMissingRightForOneOfACollectionWhereMilvusAloneWasRead() {
        assertThat(goingOn.canSpareReading(new MigratorException(Failure.DENIED, "")))
                .isTrue();
        assertThat(goingOn.canSpareReading(new MigratorException(Failure.THROTTLED, "")))
                .isFalse();
        assertThat(new FaultScope(OnError.STOP, () -> {}).canSpareReading(new MigratorException(Failure.DENIED, "")))
                .isFalse();
    }
}
