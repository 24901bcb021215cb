package io.migrator.restore.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
    private static final MigratorException MISSING = new MigratorException(Failure.NOT_FOUND, "no such object");

    @Test
    void takesAMissingObjectForTheFaultOfItsCollection() {
        assertThat(new Failures(true, () -> {}).canSpare(MISSING)).isTrue();
        assertThat(new Failures(false, () -> {}).canSpare(MISSING)).isFalse();
    }

    @Test
    void endsTheRunWhereTheBucketIsGone() {
        Failures failures = new Failures(true, () -> {
            throw new MigratorException(Failure.NOT_FOUND, "no such bucket");
        });

        assertThatThrownBy(() -> failures.canSpare(MISSING)).hasMessage("no such bucket");
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"UNCLASSIFIED", "UNREACHABLE", "THROTTLED", "DENIED", "LOCKED", "REPOSITORY", "STOPPED"})
    void endsTheRunForWhatWouldMeetEveryCollection(Failure failure) {
        assertThat(new Failures(true, () -> {}).canSpare(new MigratorException(failure, "")))
                .isFalse();
    }
}
