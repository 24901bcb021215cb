package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.fake.rpc.Fault;
import io.migrator.format.pool.Unit;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.report.Progress;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Incremental backups that die, and whose parents, lists and units change meanwhile. */
class IncrementalResumeTest {
    @TempDir
    Path workDir;

    private PooledGround ground;
    private SourceDouble source;
    private CollectionModel one;

    @BeforeEach
    void start() throws IOException {
        source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        ground = new PooledGround(source);
        one = source.collection("default", "c1");
        source.milvus().filling().segment(one, "_default", Kind.PLAIN, SourceDouble.files(5, 2));
        ground.backup("a");
        source.segment(one, "_default", 7);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    /** Does something once, when a stage begins, and keeps the lines. */
    private static class At implements Progress {
        private final String wanted;
        private final Runnable action;
        private final List<String> notes = new CopyOnWriteArrayList<>();
        private boolean done;

        At(String wanted, Runnable action) {
            this.wanted = wanted;
            this.action = action;
        }

        @Override
        public void stage(String name, long objects, long bytes) {
            if (name.equals(wanted) && !done) {
                done = true;
                action.run();
            }
        }

        @Override
        public void advance(long objects, long bytes) {}

        @Override
        public void note(String line) {
            notes.add(line);
        }
    }

    private void dies(String stage) {
        RunOutcome outcome = source.backup(new DiesAt(stage), PooledGround.words("b"));
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.UNCLASSIFIED);
    }

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
        At deleting = new At(
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
        At deleting = new At("declare", () -> ground.delete("a"));

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
        At marking =
                new At("declare", () -> source.vault().write(ground.plain("a").marker(), new byte[0]));

        assertThat(source.backup(marking, PooledGround.words("b")).failure()).isNull();

        ground.requireWhole("b");
        assertThat(ground.units("b")).doesNotContainAnyElementsOf(before);
    }

    /** Its head says the same, but its list may not name the units any more. */
    @Test
    void doesNotRelyOnAParentWhoseListChanged() throws IOException {
        Set<Unit> before = ground.units("a");
        At changing = new At("declare", () -> {
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
        At adding = new At("verify", () -> {
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
        At dropping = new At("flush", () -> source.milvus().model().drop(two));
        assertThat(source.backup(dropping, words).failure()).isEqualTo(Failure.PARTIAL);
        List<Boolean> sealed = new CopyOnWriteArrayList<>();
        At looking = new At(
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
        At refusing = new At("", () -> {}) {
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
        At dropping = new At("flush", () -> source.milvus().model().drop(two));
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
