package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Fill;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.Rows;
import io.milvus.grpc.GetImportStateResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Milvus 2.3.5 that dies and comes back under a run: it forgets or fails the imports that it was at. */
@ExtendWith(LabExtension.class)
final class MilvusRestartIT {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final MigrationLab lab;

    MilvusRestartIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void doublesNoRowWhereMilvusDiesInAnImport() {
        Random random = Seed.random("deaths of Milvus in an import");
        Rows.Digest wanted = lab.parts();
        assertThat(lab.deskA().run("--job=backup", "collection=parts", "name=for_restart"))
                .returns(0, Outcome::exitCode);
        // One job at a time: one that still waits its turn when 2.3.5 dies stays "started" until that gives it up, 900
        // s later.
        Desk desk = lab.deskB("backup.parallelism.importJob", "1");
        String[] words = {"--job=restore", "name=for_restart", "suffix=_restart"};
        Outcome first;
        try (MigratorProcess process = desk.start(words)) {
            assertThat(process.awaitUnlessEnded(
                            "two imports",
                            () -> lab.importTasks("parts_restart").size() >= 2,
                            AT_ONCE))
                    .isTrue();
            pause(process, random.nextInt(1500));
            restart(lab.b());
            first = process.end();
        }

        assertThat(Set.of(0, 5)).as("%s", first).contains(first.exitCode());
        assertThat(desk.run(words)).returns(0, Outcome::exitCode);
        assertThat(lab.filesOfB("parts_restart")).isEqualTo(lab.filesOfA("parts"));
        assertThat(lab.restored("parts_restart")).isEqualTo(wanted);
        assertThat(new Rows(lab.clientB()).count("parts_restart")).isEqualTo(wanted.rows());
    }

    private boolean secondImportAtWork() {
        List<GetImportStateResponse> tasks = lab.importTasks("parts_restart");
        return tasks.size() >= 2 && tasks.stream().allMatch(task -> task.getSegmentIdsCount() > 0);
    }

    @Test
    void losesNoRowWhereMilvusDiesInAFlush() {
        Random random = Seed.random("deaths of Milvus in a flush");
        WideCollection.fill(lab.clientA(), "unsealed", 3, 2, 1);
        WideCollection.insertUnsealed(lab.clientA(), "unsealed", 3, "p1", 1000, 9000);
        Desk desk = lab.deskA();
        String[] words = {"--job=backup", "collection=unsealed", "name=in_flush"};
        Outcome first;
        try (MigratorProcess process = desk.start(words)) {
            assertThat(process.awaitLine("flush")).isTrue();
            pause(process, random.nextInt(200));
            restart(lab.a());
            first = process.end();
        }

        assertThat(Set.of(0, 5)).as("%s", first).contains(first.exitCode());
        assertThat(desk.run(words)).returns(0, Outcome::exitCode);
        assertThat(lab.deskB().run("--job=restore", "name=in_flush")).returns(0, Outcome::exitCode);
        new Fill(lab.clientA()).load("unsealed");
        assertThat(lab.restored("unsealed")).isEqualTo(new Rows(lab.clientA()).digest("unsealed"));
        assertThat(lab.filesOfB("unsealed").rows()).isEqualTo(8000 + 2 * WideCollection.ROWS_EACH);
    }

    private static void pause(MigratorProcess process, int millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        process.awaitUnlessEnded("a moment", () -> System.nanoTime() > until, AT_ONCE);
    }

    private static void restart(MilvusServer server) {
        server.kill();
        server.startAgain();
    }
}
