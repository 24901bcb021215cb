package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.rpc.Fault;
import io.migrator.format.pool.Unit;
import io.migrator.launch.RunOutcome;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Incremental backups of which a list, a seal or a description is lost, or a plan. */
class IncrementalLossTest extends IncrementalCase {
    /** Nobody restores it, so that it is not complete, whatever its metas say. */
    @ParameterizedTest
    @ValueSource(strings = {"", "other"})
    void sealsAnewWhatHasLostItsSeal(String state) throws IOException {
        ground.backup("b");
        source.vault().delete(List.of(ground.plain("b").seal()));

        RunOutcome outcome = source.withState(state).backup(PooledGround.words("b"));

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        assertThat(outcome.message()).doesNotContain("already complete");
        ground.requireWhole("b");
    }

    @Test
    void hasNoSealWhileItIsMadeOn() throws IOException {
        CollectionModel two = source.collection("default", "c2");
        String[] words = PooledGround.words("b", "on-error=continue");
        AtStage dropping = new AtStage("flush", () -> source.milvus().model().drop(two));
        assertThat(source.backup(dropping, words).failure()).isEqualTo(Failure.PARTIAL);
        List<Boolean> sealed = new CopyOnWriteArrayList<>();
        AtStage looking = new AtStage(
                "verify",
                () -> sealed.add(source.vault().find(ground.plain("b").seal()).isPresent()));

        source.backup(looking, words);

        assertThat(sealed).containsExactly(false);
        ground.requireWhole("b");
    }

    /** What told that the plan is worth nothing must not be forgotten where Milvus gives no other. */
    @Test
    void goesOnWithNoPlanThatWasFoundUnsound() throws IOException {
        dies("copy");
        Set<Unit> before = ground.units("a");
        source.vault().delete(List.of(ground.plain("b").refs()));
        ground.delete("a");
        AtStage refusing = new AtStage("", () -> {}) {
            @Override
            public void note(String line) {
                if (line.contains("anew")) {
                    source.milvus()
                            .faults()
                            .next("DescribeDatabase", new Fault.Refuse(Refusal.unexpected("no coordinator")));
                    source.milvus()
                            .faults()
                            .next("ShowCollections", new Fault.Refuse(Refusal.unexpected("no coordinator")));
                }
            }
        };
        assertThat(source.backup(refusing, PooledGround.words("b")).failure()).isNotNull();
        source.milvus().faults().clear();

        ground.backup("b");

        assertThat(ground.units("b")).doesNotContainAnyElementsOf(before);
        assertThat(ground.shared("b")).isZero();
    }

    /** Others share what it wrote: its units are not to be gone into again, nor emptied, whichever of its files is lost. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesTheUnitsOfABackupWhoseDescriptionIsLost(boolean sealed) throws IOException {
        CollectionModel two = source.collection("default", "c2");
        SegmentModel compacted = source.segment(one, "_default", 9);
        String[] words = PooledGround.words("b", "on-error=continue", "parent=none");
        AtStage dropping = new AtStage("flush", () -> source.milvus().model().drop(two));
        assertThat(source.backup(dropping, words).failure()).isEqualTo(Failure.PARTIAL);
        String first = ground.runOf("b");
        ground.backup("d", "parent=b");
        Map<String, StoredObject> before = ground.objects();
        source.vault().delete(List.of(ground.plain("b").objectManifest()));
        if (!sealed) {
            source.vault().delete(List.of(ground.plain("b").seal()));
        }
        one.forget(compacted.id());

        RunOutcome outcome = source.withState("other").backup(words);

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        ground.requireWhole("b");
        ground.requireWhole("d");
        assertThat(ground.runOf("b")).isNotEqualTo(first);
        assertThat(ground.objects()).containsAllEntriesOf(before);
    }

    /** Half-made units may be in the hands of whoever deletes what no list names. */
    @ParameterizedTest
    @ValueSource(strings = {"copy", "verify", "manifests"})
    void drawsANewNameWhereItsListIsGone(String stage) throws IOException {
        dies(stage);
        Set<Unit> half = new HashSet<>(ground.units("b"));
        half.removeAll(ground.units("a"));
        source.vault().delete(List.of(ground.plain("b").refs()));

        ground.backup("b");

        assertThat(ground.units("b")).doesNotContainAnyElementsOf(half);
        assertThat(ground.shared("b")).isEqualTo(10);
    }

    @Test
    void drawsANewNameWhereTheHalfMadeBackupIsGone() throws IOException {
        dies("verify");
        Set<Unit> half = new HashSet<>(ground.units("b"));
        half.removeAll(ground.units("a"));
        ground.delete("b");

        ground.backup("b");

        assertThat(ground.units("b")).doesNotContainAnyElementsOf(half);
    }
}
