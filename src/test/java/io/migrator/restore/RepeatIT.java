package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.Failure;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.model.CollectionModel;
import io.migrator.launch.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A restore that was completed, run again in a changed world: rows are right, or it refuses and has changed nothing. */
class RepeatIT {
    @TempDir
    Path folder;

    private RepeatGround ground;
    private Map<String, RowDigest> both;

    @BeforeEach
    void start() {
        ground = RepeatGround.in(folder);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    /** A partial backup of a, restored by these parameters; then completed by b. */
    private void partialThenCompleted(String... parameters) {
        ground.fill("a", 0);
        CollectionModel b = ground.fill("b", 1000);
        both = Map.of("a", ground.sourceRows("a"), "b", ground.sourceRows("b"));
        Runnable back = ground.hideFile(b);
        assertEnds(3, ground.backUp("collection=a,b", "name=n", "on-error=continue"));
        assertEnds(3, ground.restore(parameters));
        back.run();
        assertEnds(0, ground.backUp("collection=a,b", "name=n", "on-error=continue"));
    }

    private static void assertEnds(int exitCode, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(exitCode);
    }

    private static void assertRefused(RunOutcome outcome, String... texts) {
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.RESUME_REFUSED);
        assertThat(outcome.message()).contains(texts);
    }

    /** a and b, backed up and restored. */
    private void completed(String... parameters) {
        ground.fill("a", 0);
        ground.fill("b", 1000);
        both = Map.of("a", ground.sourceRows("a"), "b", ground.sourceRows("b"));
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        assertEnds(0, ground.restore(parameters));
    }

    private RunOutcome again(String... parameters) {
        return ground.restoreKept(both, parameters);
    }

    @Test
    void refusesABackupThatWasCompletedSince() {
        String[] plain = {"name=n"};
        partialThenCompleted(plain);

        assertRefused(again(plain), "default.a", "collection=default.b");
        assertRefused(again("name=n", "resume=restart"), "default.a");
        assertRefused(again(plain), "default.a");

        assertEnds(0, ground.restoreKept(Map.of("b", both.get("b")), "name=n", "collection=b"));
        assertThat(ground.targetRows("a")).isEqualTo(both.get("a"));
    }

    @Test
    void bringsNoRowsTwiceIntoCollectionsThatWereThere() {
        ground.empty("a");
        ground.empty("b");
        String[] words = {"name=n", "create=no"};
        partialThenCompleted(words);

        assertRefused(again(words), "default.a", "collection=default.b");
        ground.drop("b");
        ground.empty("b");
        assertRefused(again(words), "default.a", "collection=default.b");
        assertThat(ground.targetRows("a")).isEqualTo(both.get("a"));

        assertEnds(0, ground.restoreKept(Map.of("b", both.get("b")), "name=n", "create=no", "collection=b"));
    }

    @Test
    void dropsNothingThatItMadeItself() {
        String[] words = {"name=n", "drop-existing-collection=yes"};
        partialThenCompleted(words);
        ground.addRows("a", 1);

        assertRefused(again(words), "default.a");
        assertRefused(again("name=n", "drop-existing-collection=yes", "resume=restart"), "default.a");
        assertThat(ground.targetRows("a").rows()).isEqualTo(RepeatGround.ROWS + 1);
    }

    @Test
    void makesOnlyThoseAnewThatWereDropped() {
        completed("name=n", "drop-existing-collection=yes");
        ground.addRows("a", 1);
        long id = ground.targetCollection("a").id();
        RowDigest users = ground.targetRows("a");
        ground.drop("b");

        RunOutcome outcome =
                ground.restoreKept(Map.of("a", users, "b", both.get("b")), "name=n", "drop-existing-collection=yes");

        assertEnds(0, outcome);
        assertThat(ground.targetCollection("a").id()).isEqualTo(id);
        assertThat(ground.restore("name=n").message()).contains("already complete");
    }

    @Test
    void findsItsCollectionsGoneOrReplacedWhereItMakesNone() {
        ground.empty("a");
        ground.empty("b");
        String[] words = {"name=n", "create=no"};
        completed(words);
        ground.drop("b");

        RunOutcome gone = again(words);
        ground.empty("b");
        RunOutcome replaced = again(words);

        assertThat(gone.failure()).as(gone.message()).isEqualTo(Failure.NOT_FOUND);
        assertRefused(replaced, "default.b", "collection=default.b");
        assertEnds(0, ground.restoreKept(Map.of("b", both.get("b")), "name=n", "create=no", "collection=b"));
        assertThat(ground.targetRows("a")).isEqualTo(both.get("a"));
    }

    @Test
    void leavesACollectionAloneThatTookThePlaceOfItsOwn() {
        completed("name=n");
        ground.drop("b");
        ground.empty("b");
        ground.addRows("b", 2);

        assertRefused(again("name=n"), "default.b");
        assertRefused(again("name=n", "drop-existing-collection=yes"), "default.b");
    }

    @Test
    void knowsTheBackupInACopyOfItsVault() {
        completed("name=n");

        assertThat(ground.vault("copy").restore("name=n").message()).contains("already complete");
        ground.addRows("a", 1);
        assertThat(ground.restore("name=n", "drop-existing-collection=yes").message())
                .contains("already complete");
    }

    @Test
    void knowsMilvusByAnotherAddress() {
        ground.empty("a");
        ground.empty("b");
        String[] words = {"name=n", "create=no"};
        completed(words);

        ground.address("localhost");

        assertThat(again(words).message()).contains("already complete");
        assertThat(again("name=n", "create=no", "append=yes").message()).contains("already complete");
        ground.drop("b");
        assertThat(again(words).failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(ground.notes()).anyMatch(line -> line.contains("another address"));
    }

    @Test
    void refusesABackupThatWasMadeAnew() {
        for (String[] words :
                new String[][] {{"name=n"}, {"name=n", "drop-existing-collection=yes"}, {"name=n", "resume=restart"}}) {
            if (both == null) {
                completed("name=n");
                ground.deleteBackup("n");
                assertThat(again("name=n").failure()).isEqualTo(Failure.NOT_FOUND);
                assertEnds(0, ground.backUp("collection=a,b", "name=n"));
            }
            assertRefused(again(words), "default.a, default.b");
        }
        ground.address("localhost");
        assertRefused(again("name=n", "drop-existing-collection=yes"), "default.a, default.b");
        ground.address("127.0.0.1");
        ground.drop("a");
        assertRefused(again("name=n"), "default.b");
        ground.drop("b");
        assertEnds(0, again("name=n"));
    }

    @Test
    void fillsAgainWhatWasEmptiedWhereItIsTold() {
        ground.empty("a");
        ground.empty("b");
        String[] words = {"name=n", "create=no"};
        completed(words);
        ground.deleteBackup("n");
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));

        assertRefused(again(words), "default.a, default.b");
        RunOutcome filled = again("name=n", "create=no", "resume=restart");

        assertThat(filled.failure()).as(filled.message()).isEqualTo(Failure.CONFLICT);
        assertRefused(again("name=n", "create=no", "append=yes"), "resume=restart");
    }

    @Test
    void cannotTellWhoseRowsTheyAreOnceItsStateIsLost() {
        ground.empty("a");
        ground.empty("b");
        String[] words = {"name=n", "create=no"};
        completed(words);

        ground.loseState();
        RunOutcome looked = ground.preview(words);
        RunOutcome refused = again(words);

        for (RunOutcome outcome : new RunOutcome[] {looked, refused}) {
            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CONFLICT);
            assertThat(outcome.message()).contains("append=yes", "--state-dir");
        }
        assertEnds(0, ground.restore("name=n", "create=no", "append=yes"));
        assertThat(ground.targetRows("a").rows()).isEqualTo(2 * RepeatGround.ROWS);
    }

    @Test
    void goesOnWithAStateThatWasTakenAlong() {
        completed("name=n");

        assertThat(ground.moveState("other").restore("name=n").message()).contains("already complete");
        assertThat(ground.state("none").restore("name=n").failure()).isEqualTo(Failure.CONFLICT);
    }

    @Test
    void doesWhatIsAskedForBeyondWhatWasDone() {
        CollectionModel a = ground.fill("a", 0);
        a.add(ground.index("FLAT"));
        a.database().setAlias("other", a);
        both = Map.of("a", ground.sourceRows("a"));
        assertEnds(0, ground.backUp("collection=a", "name=n"));
        assertEnds(0, ground.restore("name=n", "index=none"));
        ground.addRows("a", 1);
        Map<String, RowDigest> rows = Map.of("a", ground.targetRows("a"));
        CollectionModel restored = ground.targetCollection("a");

        RunOutcome unindexed = ground.restoreKept(rows, "name=n", "index=none", "load=yes");
        RunOutcome indexed = ground.restoreKept(rows, "name=n", "index=yes");

        assertThat(unindexed.failure()).as(unindexed.message()).isEqualTo(Failure.USAGE);
        assertEnds(0, indexed);
        assertThat(indexed.message()).doesNotContain("already complete");
        assertThat(restored.indexes()).hasSize(1);
        RunOutcome other = ground.restoreKept(rows, "name=n", "index=auto");
        assertThat(other.failure()).as(other.message()).isEqualTo(Failure.CONFLICT);
        assertEnds(0, ground.restoreKept(rows, "name=n", "index=none", "load=yes"));
        assertThat(restored.loaded().whole()).isTrue();
        assertEnds(0, ground.restoreKept(rows, "name=n", "aliases=yes"));
        assertThat(restored.aliasNames()).containsExactly("other");
        assertThat(ground.restoreKept(rows, "name=n", "aliases=yes", "load=as-source")
                        .message())
                .contains("already complete");
        assertThat(ground.notes())
                .contains(
                        "complete when it was restored, changed since: default.a (60 rows then, 61 now by Milvus' statistics)");
        assertThat(ground.targetCollection("a").id()).isEqualTo(restored.id());
    }

    /** Statistics see deletes late; what is loaded can be asked. */
    @Test
    void saysThatRowsWereDeletedSince() {
        CollectionModel a = ground.fill("a", 0);
        a.add(ground.index("FLAT"));
        both = Map.of("a", ground.sourceRows("a"));
        assertEnds(0, ground.backUp("collection=a", "name=n"));
        assertEnds(0, ground.restore("name=n", "load=yes"));
        assertThat(ground.restore("name=n", "load=yes").message()).contains("already complete");
        assertThat(ground.notes()).noneMatch(line -> line.contains("changed since"));
        ground.deleteRows("a", 40);
        Map<String, RowDigest> rows = Map.of("a", ground.targetRows("a"));

        RunOutcome repeated = ground.restoreKept(rows, "name=n", "load=yes");

        assertEnds(0, repeated);
        assertThat(repeated.message()).contains("already complete");
        assertThat(ground.notes())
                .contains("complete when it was restored, changed since: default.a (60 rows then, 20 now)");
    }

    @Test
    void leavesAStateOfAnotherVersionThatIsOfTheSameWork() throws IOException {
        completed("name=n");
        try (Stream<Path> files = Files.list(ground.stateFolder())) {
            Path file = files.filter(each -> each.toString().matches(".*/restore-n-.*mv.db"))
                    .findFirst()
                    .orElseThrow();
            Path former = file.resolveSibling("restore-n-0123456789ab.mv.db");
            Files.move(file, former);
            JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(
                    "jdbc:h2:file:" + former.toString().replace(".mv.db", ""), "migrator", ""));
            jdbc.execute("update run_fact set fact = '4' where name = 'state_version'");
            jdbc.execute("update run_fact set fact = 'tag 12' where name = 'backup_fingerprint'");
            jdbc.execute("delete from BATCH_JOB_EXECUTION_PARAMS");
            for (String parameter : List.of("name=n", "vault=there", "target=milvus:19530")) {
                jdbc.update(
                        "insert into BATCH_JOB_EXECUTION_PARAMS (JOB_EXECUTION_ID, PARAMETER_NAME, PARAMETER_TYPE,"
                                + " PARAMETER_VALUE, IDENTIFYING) values (1, ?, 'java.lang.String', ?, 'Y')",
                        (Object[]) parameter.split("=", -1));
            }
        }

        for (String resume : List.of("auto", "restart")) {
            assertRefused(again("name=n", "drop-existing-collection=yes", "resume=" + resume), "version of migrator");
        }
        assertThat(again("name=n", "collection=a").failure()).isEqualTo(Failure.CONFLICT);
    }

    @Test
    void aBackupIsOfItsSelection() {
        ground.fill("a", 0);
        ground.fill("b", 1000);
        assertEnds(0, ground.backUp("collection=a", "name=n"));

        assertThat(ground.backUp("collection=a,b", "name=n").failure()).isEqualTo(Failure.CONFLICT);
        ground.deleteBackup("n");
        assertEnds(0, ground.backUp("collection=a,b", "name=n"));
        RunOutcome former = ground.backUp("collection=a", "name=n");

        assertThat(former.failure()).as(former.message()).isEqualTo(Failure.CONFLICT);
        assertThat(ground.backUp("collection=a,b", "name=n").message()).contains("already complete");
    }
}
