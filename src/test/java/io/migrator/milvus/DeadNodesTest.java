package io.migrator.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

final class DeadNodesTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Action ACTION = Action.collection("import into", "default", "parts");

    private Instant now = START;
    private boolean standalone = true;
    private final DeadNodes nodes = new DeadNodes(() -> now, () -> standalone);

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
        nodes.note(job(6, ImportState.ImportCompleted, 60L));
        assertThat(taken(silent)).isTrue();
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
        nodes.note(job(6, ImportState.ImportCompleted, 60L));
        GetImportStateResponse silent = job(5, ImportState.ImportStarted);
        standalone = false;
        assertThat(taken(silent)).isFalse();
        standalone = true;
        now = START.plus(Duration.ofMinutes(11));
        assertThat(taken(silent)).isFalse();
    }

    @Test
    void nothingIsSentWhileADeadNodeIsKnown() {
        assertThat(DeadNodes.died("task marked failed as service restarted")).isTrue();
        assertThat(DeadNodes.died("the import task has timed out")).isFalse();
        assertThatNoException().isThrownBy(() -> nodes.requireNoneKnown(ACTION));
        nodes.noteDeath(5);
        now = START.plusSeconds(34);
        nodes.noteDeath(5);
        assertThatThrownBy(() -> nodes.requireNoneKnown(ACTION))
                .hasMessageContaining("import job 5")
                .asInstanceOf(InstanceOfAssertFactories.type(MigratorException.class))
                .returns(Failure.THROTTLED, MigratorException::failure);
        now = START.plusSeconds(36);
        assertThatNoException().isThrownBy(() -> nodes.requireNoneKnown(ACTION));
    }

    @Test
    void aJobThatDoesNotMoveSaysWhatItWaitsFor() {
        nodes.note(job(5, ImportState.ImportStarted));
        assertThat(nodes.waitsFor(5)).isEmpty();
        now = START.plusSeconds(61);
        assertThat(nodes.waitsFor(5)).contains("has said nothing since", "importTaskExpiration");
        nodes.note(job(5, ImportState.ImportStarted, 50L));
        assertThat(nodes.waitsFor(5)).isEmpty();
    }
}
