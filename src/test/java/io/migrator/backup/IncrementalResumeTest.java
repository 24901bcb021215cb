package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.rpc.Fault;
import io.migrator.format.pool.Unit;
import io.migrator.launch.RunOutcome;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Incremental backups that die, and whose parents, lists and units change meanwhile. */
class IncrementalResumeTest extends IncrementalCase {
    @ParameterizedTest
    @ValueSource(strings = {"preflight", "flush", "plan", "declare", "copy", "verify", "manifests"})
    void goesOnAfterADeathAtEveryStep(String stage) throws IOException {
        dies(stage);

        ground.backup("b");

        assertThat(ground.copied("b")).isEqualTo(4);
        assertThat(ground.shared("b")).isEqualTo(10);
        requireNothingLeft("a", "b");
    }

    /** Its own list holds what it shares: a parent that goes meanwhile takes nothing along. */
    @ParameterizedTest
    @ValueSource(strings = {"copy", "verify"})
    void losesNothingWhenItsParentGoesOnceItsListIsThere(String stage) throws IOException {
        dies(stage);
        ground.delete("a");

        ground.backup("b");

        assertThat(ground.shared("b")).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "declare"})
    void copiesAllWhenItsParentIsGoneBeforeItsListIsThere(String stage) throws IOException {
        dies(stage);
        ground.delete("a");

        ground.backup("b");

        assertThat(ground.shared("b")).isZero();
        assertThat(ground.run("b").pool().parents()).isEmpty();
    }

    /** The plan finds no list where the search found one. */
    @Test
    void copiesAllWhereTheListOfItsParentGoesBeforeThePlan() throws IOException {
        AtStage deleting = new AtStage(
                "flush", () -> source.vault().delete(List.of(ground.plain("a").refs())));

        RunOutcome outcome = source.backup(deleting, PooledGround.words("b"));

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        ground.requireWhole("b");
        assertThat(ground.shared("b")).isZero();
    }

    /** Between the plan and the list nothing holds the units: another may sweep them, and they must not be used. */
    @Test
    void doesNotRelyOnAParentThatGoesBetweenPlanAndList() throws IOException {
        Set<Unit> before = ground.units("a");
        AtStage deleting = new AtStage("declare", () -> ground.delete("a"));

        RunOutcome outcome = source.backup(deleting, PooledGround.words("b"));

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        ground.requireWhole("b");
        assertThat(ground.units("b")).doesNotContainAnyElementsOf(before);
        assertThat(deleting.notes).anyMatch(line -> line.contains("backup a"));
    }

    /** Its head and its list are as they were, but somebody makes it on, or deletes it. */
    @Test
    void doesNotRelyOnAParentThatSomebodyWorksOn() throws IOException {
        Set<Unit> before = ground.units("a");
        AtStage marking = new AtStage(
                "declare", () -> source.vault().write(ground.plain("a").marker(), new byte[0]));

        assertThat(source.backup(marking, PooledGround.words("b")).failure()).isNull();

        ground.requireWhole("b");
        assertThat(ground.units("b")).doesNotContainAnyElementsOf(before);
    }

    /** Its head says the same, but its list may not name the units any more. */
    @Test
    void doesNotRelyOnAParentWhoseListChanged() throws IOException {
        Set<Unit> before = ground.units("a");
        AtStage changing = new AtStage("declare", () -> {
            String key = ground.plain("a").refs();
            byte[] refs = source.vault().read(key, 1 << 20);
            source.vault().delete(List.of(key));
            source.vault().write(key, refs);
        });

        assertThat(source.backup(changing, PooledGround.words("b")).failure()).isNull();

        assertThat(ground.units("b")).doesNotContainAnyElementsOf(before);
    }

    @Test
    void healsASharedUnitThatLostAnObject() throws IOException {
        String lost = ground.objects().keySet().iterator().next();
        source.vault().delete(List.of(lost));

        List<String> told = ground.toldBy("b");

        Unit damaged = ground.pool().unitOf(lost).orElseThrow();
        assertThat(told).anyMatch(line -> line.contains(lost) && line.contains("any more: a"));
        assertThat(ground.units("b")).doesNotContain(damaged);
        assertThat(ground.units("b")).anyMatch(damaged::sameContent);
        assertThat(source.vault().find(lost)).isEmpty();
        ground.backup("d");
        assertThat(ground.copied("d")).isZero();
    }

    @Test
    void healsASharedUnitInWhichSomethingElseLies() throws IOException {
        String object = ground.objects().keySet().iterator().next();
        String stranger = object.substring(0, object.lastIndexOf('/') + 1) + "77";
        source.vault().write(stranger, new byte[3]);

        ground.backup("b");

        assertThat(ground.units("b"))
                .doesNotContain(ground.pool().unitOf(object).orElseThrow());
        assertThat(source.vault().find(stranger)).isPresent();
    }

    @Test
    void deletesWhatNobodyPlannedInItsOwnUnits() throws IOException {
        AtStage adding = new AtStage("verify", () -> {
            String own = ground.objects().keySet().stream()
                    .filter(key -> !key.contains(ground.runOf("a")))
                    .findFirst()
                    .orElseThrow();
            source.vault().write(own.substring(0, own.lastIndexOf('/') + 1) + "77", new byte[3]);
        });

        assertThat(source.backup(adding, PooledGround.words("b")).failure()).isNull();

        ground.requireWhole("b");
    }

    @Test
    void goesOnWithItsUnitsWhereTheJobDatabaseIsLost() throws IOException {
        dies("verify");
        Map<String, StoredObject> before = ground.objects();

        RunOutcome outcome = source.withState("other").backup(PooledGround.words("b"));

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        assertThat(outcome.report().facts()).doesNotContainKey("objects_copied").containsEntry("objects_kept", 4L);
        ground.requireWhole("b");
        assertThat(ground.objects()).isEqualTo(before);
    }

    /** A list that was made final may have been shortened: what is written from then on has another name. */
    @Test
    void goesOnWithACollectionThatWasLeftOut() throws IOException {
        source.collection("default", "c2");
        source.milvus().faults().next("Flush", new Fault.Refuse(Refusal.unexpected("no channel")));
        RunOutcome partial = source.backup(PooledGround.words("b", "on-error=continue"));
        assertThat(partial.failure()).as(partial.message()).isEqualTo(Failure.PARTIAL);
        ground.requireWhole("b");
        String first = ground.runOf("b");
        int collections = ground.meta("b").collections().size();

        ground.backup("b", "on-error=continue");

        assertThat(collections).isEqualTo(1);
        assertThat(ground.meta("b").collections()).hasSize(2);
        assertThat(ground.runOf("b")).isNotEqualTo(first);
        assertThat(ground.shared("b")).isEqualTo(10);
    }

    /** What lies in the pool is named by one of the backups. */
    private void requireNothingLeft(String... backups) throws IOException {
        Set<Unit> named = new HashSet<>();
        for (String backup : backups) {
            named.addAll(ground.units(backup));
        }
        assertThat(ground.objects().keySet().stream()
                        .map(key -> ground.pool().unitOf(key).orElseThrow())
                        .collect(Collectors.toSet()))
                .isEqualTo(named);
    }
}
