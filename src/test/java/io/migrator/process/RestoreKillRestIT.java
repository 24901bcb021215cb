package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.rpc.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a restore whose imports are jobs over REST, as Milvus 2.4 and later have them; then the same command
 * again: no row is lost, none comes twice, and nothing stays staged.
 */
final class RestoreKillRestIT {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @TempDir
    static Path workDir;

    private static RestPair pair;
    private static RowDigest wanted;
    private static int units;

    @BeforeAll
    static void start() {
        pair = RestPair.start(workDir);
        pair.source().fill("coll");
        wanted = pair.source().rows("coll");
        pair.backUp("coll", "b");
        assertThat(pair.desk().runHere(restore("_calm"))).returns(0, Outcome::exitCode);
        units = pair.jobs("coll_calm", "Completed").size();
        assertThat(units).isGreaterThanOrEqualTo(3);
        pair.requireOnce("coll_calm", wanted, units);
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    private static String[] restore(String suffix) {
        return new String[] {"--job=restore", "name=b", "suffix=" + suffix};
    }

    @Test
    void waitsForACallThatTheServerDoesOnlyAfterTheDeath() {
        Desk desk = pair.desk();
        pair.target().server().faults().next(RestPair.CREATE, new Fault.Delay(Duration.ofSeconds(3)));
        killAtTheNextCall(desk, restore("_late"));
        assertThat(pair.jobs("coll_late", "Completed")).isEmpty();

        Outcome again = desk.runHere(restore("_late"));

        assertThat(again).returns(0, Outcome::exitCode);
        pair.requireOnce("coll_late", wanted, units);
    }

    private static void killAtTheNextCall(Desk desk, String... words) {
        int before = pair.importCalls();
        try (MigratorProcess process = desk.start(words)) {
            process.awaitLine("preflight");
            assertThat(process.awaitUnlessEnded("an import call", () -> pair.importCalls() > before, AT_ONCE))
                    .isTrue();
            assertThat(process.kill()).isTrue();
        }
    }

    @Test
    void findsTheJobWhoseAnswerItDidNotLiveToRead() {
        try (SlowProxy proxy = new SlowProxy(pair.target().server().port())) {
            Desk desk = pair.desk("milvus.port", String.valueOf(proxy.port()));
            try (MigratorProcess process = desk.start(restore("_answer"))) {
                assertThat(process.awaitLine("create indexes")).isTrue();
                proxy.delayAnswers(500);
                assertThat(process.awaitUnlessEnded("a job", () -> begun("coll_answer"), AT_ONCE))
                        .isTrue();
                assertThat(process.kill()).isTrue();
            } finally {
                proxy.delayAnswers(0);
            }

            Outcome again = desk.runHere(restore("_answer"));

            assertThat(again).returns(0, Outcome::exitCode);
            assertThat(again.output()).contains("was begun by the run before");
            pair.requireOnce("coll_answer", wanted, units);
        }
    }

    private static boolean begun(String collection) {
        return !pair.jobs(collection, "Pending").isEmpty()
                || !pair.jobs(collection, "Importing").isEmpty()
                || !pair.jobs(collection, "Completed").isEmpty();
    }

    @Test
    void survivesDeathsWhileJobsRun() {
        Random random = Seed.random("deaths while jobs run");
        Desk desk = pair.desk("backup.parallelism.importJob", "2");
        int kills = 0;
        for (int round = 0; round < 3; round++) {
            try (MigratorProcess process = desk.start(restore("_jobs"))) {
                process.awaitLine("import");
                kills += killAfter(process, random.nextInt(700)) ? 1 : 0;
            }
        }

        Outcome last = desk.runHere(restore("_jobs"));

        assertThat(kills).isPositive();
        assertThat(last).as("%d kills", kills).returns(0, Outcome::exitCode);
        pair.requireOnce("coll_jobs", wanted, units);
    }

    private static boolean killAfter(MigratorProcess process, int millis) {
        process.runsFor(Duration.ofMillis(millis));
        return process.kill();
    }

    @Test
    void goesOnWhereOnlyTheStateFolderWasKept() throws IOException {
        Desk lost = pair.desk();
        killAtTheNextCall(lost, restore("_moved"));
        Desk other = pair.desk();
        Files.move(lost.state(), other.state());

        Outcome again = other.runHere(restore("_moved"));

        assertThat(again).returns(0, Outcome::exitCode);
        pair.requireOnce("coll_moved", wanted, units);
    }

    @Test
    void keepsWhatIsMissingApartFromWhatIsHalfDone() {
        pair.source().fill("second");
        pair.source().fill("third");
        pair.backUp("coll,second,third", "three");
        var blocker = pair.target().server().filling().collection("default", TypedSchemas.swapped("second_go"));
        String[] words = {"--job=restore", "name=three", "suffix=_go", "on-error=continue"};
        Desk desk = pair.desk();
        killAtTheNextCall(desk, words);

        Outcome partial = desk.runHere(words);

        assertThat(partial).returns(3, Outcome::exitCode);
        assertThat(partial.errors()).contains("1 collection is missing", "second_go");
        assertThat(pair.target().rows("coll_go")).isEqualTo(wanted);
        assertThat(pair.target().rows("third_go")).isEqualTo(wanted);
        pair.target().server().model().drop(blocker);
        killAtTheNextCall(desk, words);
        assertThat(desk.runHere(words)).returns(0, Outcome::exitCode);
        for (String collection : new String[] {"coll_go", "second_go", "third_go"}) {
            pair.requireOnce(collection, wanted, units);
        }
    }
}
