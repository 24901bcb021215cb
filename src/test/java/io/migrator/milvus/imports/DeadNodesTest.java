package io.migrator.milvus.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.calls.Action;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadNodesTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Action ACTION = Action.collection("import into", "default", "parts");

    private long seconds;
    private Instant wall = START;
    private boolean standalone = true;
    private final DeadNodes nodes =
            new DeadNodes(() -> TimeUnit.SECONDS.toNanos(seconds), () -> wall, () -> standalone);

    private static GetImportStateResponse job(long id, ImportState state, Long... segments) {
        return GetImportStateResponse.newBuilder()
                .setId(id)
                .setState(state)
                .setCreateTs(START.getEpochSecond())
                .addAllSegmentIds(List.of(segments))
                .build();
    }

    private boolean taken(GetImportStateResponse task) {
        return nodes.hasTaken(task, nodes.newestCompleted());
    }

    @Test
    void aJobIsLostWhereALaterOneIsComplete() {
        GetImportStateResponse silent = job(5, ImportState.ImportStarted);
        nodes.note(silent);
        nodes.note(job(4, ImportState.ImportCompleted, 40L));
        assertThat(taken(silent)).isFalse();
        nodes.note(job(6, ImportState.ImportPersisted, 60L));
        assertThat(taken(silent)).isFalse();
        nodes.noteSent(6, nodes.now());
        nodes.note(job(6, ImportState.ImportCompleted, 60L));
        assertThat(taken(silent)).isTrue();
    }

    /** A node that took a job when it was old works at it: given up and sent again, its rows would come in twice. */
    @ParameterizedTest
    @ValueSource(ints = {-3600, 0, 3600})
    void howOldAJobIsTellsTheServersClockAlone(int hereAhead) {
        wall = START.plus(Duration.ofMinutes(15)).plusSeconds(hereAhead);
        GetImportStateResponse silent = job(5, ImportState.ImportStarted);
        nodes.note(job(6, ImportState.ImportCompleted, 60L));
        assertThat(taken(silent)).as("nothing tells the server's time").isFalse();

        nodes.noteSent(7, nodes.now());
        nodes.note(job(7, ImportState.ImportCompleted, 70L).toBuilder()
                .setCreateTs(START.getEpochSecond() + 15 * 60)
                .build());
        assertThat(taken(silent)).as("15 minutes").isFalse();
        GetImportStateResponse young =
                silent.toBuilder().setCreateTs(START.getEpochSecond() + 9 * 60).build();
        assertThat(taken(young)).as("6 minutes").isTrue();
        seconds += 5 * 60;
        assertThat(taken(young)).as("11 minutes").isFalse();
    }

    @Test
    void aJobThatMovesOrWaitsIsNotLost() {
        nodes.note(job(6, ImportState.ImportCompleted, 60L));
        assertThat(taken(job(5, ImportState.ImportStarted, 50L))).isFalse();
        assertThat(taken(job(5, ImportState.ImportPending))).isFalse();
        assertThat(taken(job(5, ImportState.ImportPersisted))).isFalse();
    }

    @Test
    void ofSeveralNodesOrAnOldJobNothingIsConcluded() {
        nodes.noteSent(6, nodes.now());
        nodes.note(job(6, ImportState.ImportCompleted, 60L));
        GetImportStateResponse silent = job(5, ImportState.ImportStarted);
        standalone = false;
        assertThat(taken(silent)).isFalse();
        standalone = true;
        seconds = 11 * 60;
        assertThat(taken(silent)).isFalse();
    }

    @Test
    void nothingIsSentWhileADeadNodeIsKnown() {
        assertThat(DeadNodes.died("task marked failed as service restarted")).isTrue();
        assertThat(DeadNodes.died("the import task has timed out")).isFalse();
        assertThatNoException().isThrownBy(() -> nodes.requireNoneKnown(ACTION));
        nodes.noteDeath(5);
        seconds = 34;
        nodes.noteDeath(5);
        assertThatThrownBy(() -> nodes.requireNoneKnown(ACTION))
                .hasMessageContaining("import job 5")
                .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                .returns(Failure.THROTTLED, MigratorException::failure);
        seconds = 36;
        assertThatNoException().isThrownBy(() -> nodes.requireNoneKnown(ACTION));
    }

    @Test
    void aJobThatDoesNotMoveSaysWhatItWaitsFor() {
        nodes.note(job(5, ImportState.ImportStarted));
        assertThat(nodes.waitsFor(5)).isEmpty();
        seconds = 61;
        assertThat(nodes.waitsFor(5)).contains("has said nothing since", "importTaskExpiration");
        nodes.note(job(5, ImportState.ImportStarted, 50L));
        assertThat(nodes.waitsFor(5)).isEmpty();
    }
}
