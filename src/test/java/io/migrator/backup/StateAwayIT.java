package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.RepositoryConfig;
import io.migrator.fake.model.CollectionModel;
import io.migrator.lab.LentProperty;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.PostgresServer;
import io.migrator.lab.SmallDisk;
import io.migrator.lab.Wire;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.WorkerThread;
import io.migrator.launch.request.JobKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A PostgreSQL that is away for a while, or has no room, while a backup and a worker are at work. */
class StateAwayIT {
    /** Of the network; half a minute with {@code -Dmigrator.outage.seconds=30}. */
    private static final int OUTAGE = Integer.getInteger("migrator.outage.seconds", 6);

    private static final String[] WORDS = {"collection=a", "name=n", "chunk=5", "workers=2", "in-flight=1"};
    private static final String[] HELPED = {"collection=a", "name=n", "chunk=5", "workers=remote+1"};
    private static final int OBJECTS = 40;
    /** With its first database, and little beyond. */
    private static final int MEBIBYTES = 128;

    @TempDir
    Path folder;

    private SourceDouble source;
    private @Nullable LentProperty patience;

    /** What becomes of a network. */
    private enum Break {
        BROKEN(Wire::cut),
        SILENT(Wire::silence);

        private final Consumer<Wire> how;

        Break(Consumer<Wire> how) {
            this.how = how;
        }
    }

    @BeforeEach
    void start() throws IOException {
        source = SourceDouble.start(new LocalFolders(Files.createDirectory(folder.resolve("stores"))), "2.4.15");
        CollectionModel made = source.milvus().filling().collection("default", SourceDouble.schema("a"));
        for (int i = 0; i < OBJECTS / 4; i++) {
            source.segment(made, "_default", 10);
        }
    }

    @AfterEach
    void stop() {
        source.close();
        if (patience != null) {
            patience.close();
        }
    }

    private static void assertEnds(int code, RunOutcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.message()).isEqualTo(code);
    }

    private void requireWhole(SourceDouble here) {
        assertEnds(0, here.run(JobKind.VERIFY, "name=n"));
        assertThat(here.read("n").collections()).hasSize(1);
    }

    @Test
    void isRestartedAndTheRunGoesOn() {
        try (PostgresServer server = PostgresServer.start(folder)) {
            SourceDouble here = source.keepingIn(server.database());

            assertEnds(
                    0,
                    here.backup(
                            new Amid(20, () -> {
                                server.kill();
                                server.startAgain();
                            }),
                            WORDS));

            requireWhole(here);
        }
    }

    @ParameterizedTest
    @EnumSource(Break.class)
    void isNotReachedForAWhileAndTheRunGoesOn(Break network) throws Exception {
        try (Wire wire = Wire.to("127.0.0.2", 0, PostgresServer.shared().port())) {
            SourceDouble here = source.keepingIn(
                    PostgresServer.by(wire, PostgresServer.shared().database()));
            CountDownLatch struck = new CountDownLatch(1);
            CompletableFuture<RunOutcome> run = CompletableFuture.supplyAsync(() -> here.backup(
                    new Amid(20, () -> {
                        network.how.accept(wire);
                        struck.countDown();
                    }),
                    WORDS));
            Awaitility.await().until(() -> struck.getCount() == 0 || run.isDone());

            assertThatThrownBy(() -> run.get(OUTAGE, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            wire.mend();

            assertEnds(0, run.join());
            requireWhole(here);
        }
    }

    @Test
    void isAwayForLongAndAWorkerEnds() {
        patience = LentProperty.set("migrator.repository.awaySeconds", "2");
        try (PostgresServer server = PostgresServer.start(folder)) {
            WorkerThread worker =
                    WorkerThread.start(source.keepingIn(server.database()).config(), 1);
            Awaitility.await().until(() -> worker.notes().stream().anyMatch(line -> line.startsWith("worker ")));

            server.kill();

            RunOutcome end = worker.end();
            assertEnds(30, end);
            assertThat(end.message()).contains("unable to use", "postgresql://127.0.0.1:");
        }
    }

    /** The disk beneath it: what was written stays. */
    @Test
    void hasNoRoomAndTheRunIsGoneOnWithWhenThereIs() throws IOException {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), MEBIBYTES);
                PostgresServer server = PostgresServer.start(folder.resolve("disk"))) {
            RepositoryConfig database = server.database();
            for (String[] words : new String[][] {WORDS, HELPED}) {
                SourceDouble here = source.keepingIn(database);
                String stage = words == WORDS ? "plan" : "copy";

                RunOutcome full = here.backup(new AtStage(stage, () -> fill(disk)), words);
                disk.free();

                assertEnds(30, full);
                assertThat(full.message()).contains("No space left on device");
                assertEnds(0, here.backup(words));
                requireWhole(here);
                here.catalog().delete("n");
            }
        }
    }

    private static void fill(SmallDisk disk) {
        try {
            disk.fill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
