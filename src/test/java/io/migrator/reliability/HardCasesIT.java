package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.RowDigest;
import io.migrator.lab.FaultProxy;
import io.migrator.lab.FaultProxy.Fault;
import io.migrator.lab.FaultProxy.Operation;
import io.migrator.lab.S3Lab;
import io.migrator.lab.SmallDisk;
import io.migrator.process.Desk;
import io.migrator.process.MigratorProcess;
import io.migrator.process.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single troubles of the machine under a run, each with what the run says and what the same command does afterwards. */
final class HardCasesIT {
    /** Issue: half a minute; that long with {@code -Dmigrator.outage.seconds=30}. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("migrator.outage.seconds", 8));

    private static final String COLLECTION = "coll";

    @TempDir
    private static Path folder;

    private static DoubleGround ground;
    private static RowDigest wanted;

    @BeforeAll
    static void start() {
        ground = DoubleGround.start(folder);
        ground.fill(COLLECTION);
        Random dice = new Random(1);
        for (int i = 0; i < 8; i++) {
            ground.insert(COLLECTION, dice);
        }
        wanted = ground.sourceRows(COLLECTION);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    private static String[] backup(String name) {
        return new String[] {"--job=backup", "collection=" + COLLECTION, "name=" + name, "chunk=10", "in-flight=2"};
    }

    @Test
    void saysThatTheStateFolderIsFullAndGoesOnWhenItIsNot() throws IOException {
        Desk desk = ground.source();
        try (SmallDisk disk = SmallDisk.at(desk.state(), 32)) {
            Outcome first;
            try (MigratorProcess process = desk.start(backup("full_disk"))) {
                assertThat(process.awaitLine("copy")).isTrue();
                disk.fill();
                first = process.end();
            }
            disk.free();
            Outcome again = desk.runHere(backup("full_disk"));

            assertThat(first).as("%s", first).returns(30, Outcome::exitCode);
            assertThat(first.errors()).contains("No space left on device");
            assertThat(again).returns(0, Outcome::exitCode);
            new VaultLook(ground).requireWhole("full_disk");
        }
    }

    @Test
    void saysThatTheStateFolderWasFullFromTheBeginning() throws IOException {
        Desk desk = ground.source();
        try (SmallDisk disk = SmallDisk.at(desk.state(), 32)) {
            disk.fill();
            Outcome first = desk.runHere(backup("always_full"));
            disk.free();
            Outcome again = desk.runHere(backup("always_full"));

            assertThat(first).as("%s", first).returns(30, Outcome::exitCode);
            assertThat(again).returns(0, Outcome::exitCode);
            new VaultLook(ground).requireWhole("always_full");
        }
    }

    @Test
    void refusesADatabaseThatAnotherProgramHasOpen() throws IOException {
        Desk desk = ground.source();
        try (MigratorProcess process = desk.start(backup("locked_file"))) {
            process.awaitLine("copy");
            assertThat(process.kill()).isTrue();
        }
        Path database;
        try (Stream<Path> files = Files.list(desk.state())) {
            database = files.filter(file -> file.toString().endsWith(".mv.db"))
                    .findFirst()
                    .orElseThrow();
        }
        Outcome refused;
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            refused = desk.runHere(backup("locked_file"));
            assertThat(lock.isValid()).isTrue();
        }

        assertThat(refused).returns(11, Outcome::exitCode);
        assertThat(desk.runHere(backup("locked_file"))).returns(0, Outcome::exitCode);
        new VaultLook(ground).requireWhole("locked_file");
    }

    @Test
    void goesOnWhenTheStoreIsBack() {
        try (FaultProxy proxy = new FaultProxy(ground.store())) {
            Desk desk = ground.source("minio.port", String.valueOf(proxy.port()));
            try (MigratorProcess process = desk.start(backup("outage"))) {
                assertThat(process.awaitLine("copy")).isTrue();
                proxy.setUnreachable(true);
                assertThat(process.runsFor(OUTAGE)).isTrue();
                assertThat(proxy.done()).containsKey("ALL UNREACHABLE");
                proxy.setUnreachable(false);

                assertThat(process.end()).returns(0, Outcome::exitCode);
            }
            new VaultLook(ground).requireWhole("outage");
        }
    }

    @Test
    void keepsNothingThatTheWayFromTheSourceDamages() {
        S3Lab store = ground.store();
        String[] words = Stream.concat(Stream.of(backup("flipped")), Stream.of("transfer=stream"))
                .toArray(String[]::new);
        try (FaultProxy proxy = new FaultProxy(store)) {
            Desk desk = ground.source(
                    "minio.port", String.valueOf(proxy.port()), "minio.backupPort", String.valueOf(store.port()));
            proxy.next(Operation.GET, Collections.nCopies(10_000, Fault.FLIPPED));
            Outcome damaged = desk.runHere(words);
            Set<String> complete = new VaultLook(ground).complete();
            proxy.lift();
            Outcome again = desk.runHere(words);
            Outcome proof = desk.runHere("verify", "-n", "flipped", "--mode", "deep");

            assertThat(proxy.done()).containsKey("GET FLIPPED");
            assertThat(damaged).returns(20, Outcome::exitCode);
            assertThat(damaged.errors()).containsPattern("migrator: unable to copy '[^']*/bucket-a/files/\\w+_log/");
            assertThat(complete).doesNotContain("flipped");
            assertThat(again).returns(0, Outcome::exitCode);
            assertThat(proof).returns(0, Outcome::exitCode);
        }
        new VaultLook(ground).requireWhole("flipped");
    }

    /** As README says: what only the lost database knew to be ours is a conflict, and nothing is imported into it. */
    @Test
    void callsItsOwnCollectionAConflictWhereTheDatabaseWasLost() throws IOException {
        assertThat(ground.source().runHere(backup("lost_restore"))).returns(0, Outcome::exitCode);
        Desk desk = ground.target();
        RestoreWork work = new RestoreWork(ground, desk, COLLECTION, "lost_restore", "lost", wanted);
        String[] words = work.words().toArray(String[]::new);
        try (MigratorProcess process = desk.start(words)) {
            assertThat(process.awaitLine("import")).isTrue();
            assertThat(process.kill()).isTrue();
        }
        desk.loseState();
        Outcome refused = desk.runHere(words);
        ground.drop(work.restored());
        Outcome again = desk.runHere(words);

        assertThat(refused).returns(14, Outcome::exitCode);
        assertThat(refused.errors()).contains(work.restored());
        assertThat(again).returns(0, Outcome::exitCode);
        work.requireRight();
    }

    /** The folder goes under a live run, as by a cleaning of /tmp: the run ends well or says why, a rerun is right. */
    @Test
    void goesOnWhereTheStateFolderWasDeletedUnderARun() throws IOException {
        Desk desk = ground.source();
        Outcome first;
        try (MigratorProcess process = desk.start(backup("deleted_state"))) {
            assertThat(process.awaitLine("copy")).isTrue();
            desk.loseState();
            first = process.end();
        }
        Outcome again = desk.runHere(backup("deleted_state"));

        assertThat(List.of(0, 30)).as("%s", first).contains(first.exitCode());
        assertThat(again).returns(0, Outcome::exitCode);
        new VaultLook(ground).requireWhole("deleted_state");
    }
}
