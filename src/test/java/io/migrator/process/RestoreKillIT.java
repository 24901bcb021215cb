package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Rows;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code kill -9} of a restore, anywhere; then the same command again: no row is lost and none comes twice. */
@ExtendWith(LabExtension.class)
final class RestoreKillIT {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final MigrationLab lab;

    RestoreKillIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void survivesADeathAtEveryStepOneAfterTheOther() {
        Rows.Digest wanted = lab.coll();
        Set<String> staged = lab.bucket("bucket-b").staged();
        String[] vault = {"minio.backupBucketName", "vault-c"};
        assertThat(lab.deskA(vault).runHere("--job=backup", "collection=coll", "name=for_steps"))
                .returns(0, Outcome::exitCode);
        Desk desk = lab.deskB(vault);
        String[] words = {"--job=restore", "name=for_steps", "suffix=_at_steps", "load=yes"};
        int kills = 0;
        for (String stage : List.of(
                "preflight", "create collections", "create indexes", "plan", "copy", "import", "verify", "finish")) {
            try (MigratorProcess process = desk.start(words)) {
                process.awaitLine(stage);
                kills += process.kill() ? 1 : 0;
            }
        }
        Outcome again = desk.runHere(words);

        assertThat(again).as("%d kills", kills).returns(0, Outcome::exitCode);
        requireSameRows("coll_at_steps", wanted);
        // The last two stages take milliseconds and may be over before the kill lands.
        assertThat(kills).isGreaterThanOrEqualTo(5);
        assertThat(lab.bucket("bucket-b").staged()).isSubsetOf(staged);
    }

    @Test
    void findsTheImportWhoseAnswerItDidNotLiveToRead() {
        Random random = Seed.random("deaths between an import call and its answer");
        Rows.Digest wanted = lab.coll();
        assertThat(lab.deskA().runHere("--job=backup", "collection=coll", "name=for_answers"))
                .returns(0, Outcome::exitCode);
        try (SlowProxy proxy = new SlowProxy(lab.b().port())) {
            Desk desk = lab.deskB("milvus.port", String.valueOf(proxy.port()));
            for (int round = 0; round < 2; round++) {
                String target = "coll_answer" + round;
                String[] words = {"--job=restore", "name=for_answers", "suffix=_answer" + round};
                killBeforeTheAnswer(desk, proxy, target, random.nextInt(300), words);

                Outcome again = desk.runHere(words);

                assertThat(again).returns(0, Outcome::exitCode);
                assertThat(again.output()).contains("was begun by the run before");
                requireSameRows(target, wanted);
            }
        }
    }

    private void killBeforeTheAnswer(Desk desk, SlowProxy proxy, String target, int millis, String... words) {
        try (MigratorProcess process = desk.start(words)) {
            assertThat(process.awaitLine("create indexes")).isTrue();
            proxy.delayAnswers(500);
            assertThat(process.awaitUnlessEnded(
                            "an import of " + target,
                            () -> !lab.importTasks(target).isEmpty(),
                            AT_ONCE))
                    .isTrue();
            process.runsFor(Duration.ofMillis(millis));
            assertThat(process.kill()).isTrue();
        } finally {
            proxy.delayAnswers(0);
        }
    }

    @Test
    void survivesDeathsDuringImports() {
        Random random = Seed.random("deaths during imports");
        Rows.Digest wanted = lab.parts();
        assertThat(lab.deskA().runHere("--job=backup", "collection=parts", "name=for_imports"))
                .returns(0, Outcome::exitCode);
        Desk desk = lab.deskB();
        String[] words = {"--job=restore", "name=for_imports", "suffix=_imports"};
        int kills = 0;
        for (int round = 0; round < 4; round++) {
            int tasks = 1 + round;
            try (MigratorProcess process = desk.start(words)) {
                process.awaitLine("preflight");
                process.awaitUnlessEnded(
                        tasks + " imports",
                        () -> lab.importTasks("parts_imports").size() >= tasks,
                        Duration.ofMillis(5));
                process.runsFor(Duration.ofMillis(random.nextInt(1500)));
                kills += process.kill() ? 1 : 0;
            }
        }
        Outcome last = desk.runHere(words);

        assertThat(kills).isGreaterThanOrEqualTo(2);
        assertThat(last).as("%d kills", kills).returns(0, Outcome::exitCode);
        requireSameRows("parts_imports", wanted);
    }

    @Test
    void survivesDeathsAtAnyTime() {
        Random random = Seed.random("deaths at any time of a restore");
        Rows.Digest wanted = lab.coll();
        assertThat(lab.deskA().runHere("--job=backup", "collection=coll", "name=for_any_time"))
                .returns(0, Outcome::exitCode);
        Desk desk = lab.deskB();
        String[] words = {"--job=restore", "name=for_any_time", "suffix=_any_time"};
        int kills = 0;
        for (int round = 0; round < 4; round++) {
            try (MigratorProcess process = desk.start(words)) {
                process.awaitLine("preflight");
                process.runsFor(Duration.ofMillis(random.nextInt(2000)));
                kills += process.kill() ? 1 : 0;
            }
        }
        Outcome last = desk.runHere(words);

        assertThat(kills).isPositive();
        assertThat(last).as("%d kills", kills).returns(0, Outcome::exitCode);
        requireSameRows("coll_any_time", wanted);
    }

    private void requireSameRows(String collection, Rows.Digest wanted) {
        assertThat(lab.restored(collection)).isEqualTo(wanted);
        assertThat(new Rows(lab.clientB()).count(collection)).isEqualTo(wanted.rows());
    }
}
