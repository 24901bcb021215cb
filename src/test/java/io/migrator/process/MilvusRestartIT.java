package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Fill;
import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.Rows;
import io.milvus.grpc.ImportState;
import io.milvus.grpc.ListImportTasksRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real Milvus 2.3.5 that dies and comes back under a run: it forgets or fails the imports that it was at. */
@ExtendWith(LabExtension.class)
final class MilvusRestartIT {
    private static final String BUCKET = "bucket-restarted";

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final MigrationLab lab;

    MilvusRestartIT(MigrationLab lab) {
        this.lab = lab;
    }

    /**
     * By the seed the server dies while the first job is being read, or when its segments are written but not shown yet:
     * then they stay in the way of later jobs, and the collection has to be made anew. The job that waits its turn may be
     * given to the node that died. Takes some minutes, hence on demand.
     */
    @Test
    @EnabledIfSystemProperty(named = "migrator.milvus.restart", matches = "true")
    void doublesNoRowWhereMilvusDiesInAnImport(@TempDir Path folder) {
        Random random = Seed.random("deaths of Milvus in an import");
        Rows.Digest wanted = lab.parts();
        assertThat(lab.deskA().runHere("--job=backup", "collection=parts", "name=for_restart"))
                .returns(0, Outcome::exitCode);
        lab.store().createBucket(BUCKET);
        try (MilvusServer server = MilvusServer.start(folder.resolve("milvus"), lab.store(), BUCKET);
                LabClient client = LabClient.to(server)) {
            Desk desk = lab.deskB(
                    "milvus.port", String.valueOf(server.port()),
                    "minio.bucketName", BUCKET,
                    "backup.gcPause.address", server.management());
            String[] words = {"--job=restore", "name=for_restart", "load=yes"};
            boolean written = random.nextBoolean();
            Outcome first;
            try (MigratorProcess process = desk.start(words)) {
                assertThat(process.awaitUnlessEnded("an import at work", () -> importAtWork(client, written), AT_ONCE))
                        .isTrue();
                process.runsFor(Duration.ofMillis(random.nextInt(500)));
                restart(server);
                // A second restore at most; one that hangs is stopped, so that it tells what it did.
                ProcessHandle.of(process.pid()).ifPresent(running -> running.onExit()
                        .completeOnTimeout(running, 10, TimeUnit.MINUTES)
                        .join());
                process.terminate();
                first = process.end();
            }

            assertThat(Set.of(0, 5))
                    .as("killed when %s: %s", written ? "written" : "read", first)
                    .contains(first.exitCode());
            assertThat(desk.runHere(words)).returns(0, Outcome::exitCode);
            assertThat(new Rows(client).digest("parts")).isEqualTo(wanted);
            assertThat(new Rows(client).count("parts")).isEqualTo(wanted.rows());
            assertThat(lab.files(client, BUCKET, "parts").rows()).isEqualTo(wanted.rows());
        }
    }

    private static boolean importAtWork(LabClient client, boolean written) {
        return client
                .stub()
                .listImportTasks(ListImportTasksRequest.newBuilder()
                        .setCollectionName("parts")
                        .build())
                .getTasksList()
                .stream()
                .anyMatch(task ->
                        task.getSegmentIdsCount() > 0 && (!written || task.getState() == ImportState.ImportPersisted));
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
            process.runsFor(Duration.ofMillis(random.nextInt(200)));
            restart(lab.a());
            first = process.end();
        }

        assertThat(Set.of(0, 5)).as("%s", first).contains(first.exitCode());
        assertThat(desk.runHere(words)).returns(0, Outcome::exitCode);
        assertThat(lab.deskB().runHere("--job=restore", "name=in_flush")).returns(0, Outcome::exitCode);
        new Fill(lab.clientA()).load("unsealed");
        assertThat(lab.restored("unsealed")).isEqualTo(new Rows(lab.clientA()).digest("unsealed"));
        assertThat(lab.filesOfB("unsealed").rows()).isEqualTo(8000 + 2 * WideCollection.ROWS_EACH);
    }

    /** The lab's Milvus is the one that dies: classes behind this one take it as it was. */
    @AfterEach
    void comeBack() {
        for (String collection : lab.collections()) {
            Awaitility.await("load of " + collection)
                    .atMost(Duration.ofMinutes(3))
                    .ignoreExceptions()
                    .until(() -> {
                        new Fill(lab.clientA()).load(collection);
                        return new Rows(lab.clientA()).count(collection) > 0;
                    });
        }
    }

    private static void restart(MilvusServer server) {
        server.kill();
        server.startAgain();
    }
}
