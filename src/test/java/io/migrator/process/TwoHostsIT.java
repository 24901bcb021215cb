package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.LentProperty;
import io.migrator.lease.LeaseJournal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two machines with a state folder each and one vault. Both are this machine, told not to know the other's processes.
 * {@code -Dmigrator.lease.processRounds} sets how often they race.
 */
@ExtendWith(LabExtension.class)
final class TwoHostsIT {
    private static final String MACHINE = "migrator.lease.machine";
    private static final String INTERVAL = "migrator.lease.intervalSeconds";
    private static final int ROUNDS = Integer.getInteger("migrator.lease.processRounds", 1);
    /** Above a minute for a hundred kilobytes, and a run begins as quickly as any. */
    private static final String[] SLOWLY = {
        "in-flight=1", "chunk=4", "workers=1", "transfer=stream", "max-bytes-per-second=2K"
    };

    private final MigrationLab lab;
    private final Desk hostA;
    private final Desk hostB;
    private LentProperty machine;
    private LentProperty interval;

    TwoHostsIT(MigrationLab lab) {
        this.lab = lab;
        this.hostA = host(lab.deskA(), "host-a");
        this.hostB = host(lab.deskA(), "host-b");
    }

    private static Desk host(Desk desk, String name) {
        return desk.withJava("-D" + MACHINE + "=" + name, "-D" + INTERVAL + "=1");
    }

    /** What is called in this JVM comes from host B: a process is needed for what dies, is stopped or is told apart by its pid. */
    @BeforeEach
    void beHostB() {
        machine = LentProperty.set(MACHINE, "host-b");
        interval = LentProperty.set(INTERVAL, "1");
    }

    @AfterEach
    void beNobody() {
        machine.close();
        interval.close();
    }

    private MigratorProcess begunOnA(String name) {
        MigratorProcess first = hostA.start(words(name, SLOWLY));
        assertThat(first.awaitUnlessEnded(
                        "its first objects",
                        () -> lab.vault().count("backup/" + name + "/binlogs/") > 0,
                        Duration.ofMillis(50)))
                .isTrue();
        return first;
    }

    private static String[] words(String name, String... more) {
        List<String> words = new ArrayList<>(List.of("--job=backup", "collection=parts", "name=" + name));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private void requireWholeAndUnleased(String name) {
        lab.requireWhole(name);
        assertThat(lab.vault().count("backup/" + name + "/migrator/lease.json")).isZero();
    }

    @Test
    void oneOfTwoWinsEachRace() throws IOException {
        lab.parts();
        for (int round = 1; round <= ROUNDS; round++) {
            String name = "race_" + round;
            try (MigratorProcess a = hostA.start(words(name));
                    MigratorProcess b = hostB.start(words(name))) {
                List<Outcome> outcomes = List.of(a.end(), b.end());
                assertThat(outcomes)
                        .as("round %d", round)
                        .extracting(Outcome::exitCode)
                        .containsExactlyInAnyOrder(0, 11);
            }
            requireWholeAndUnleased(name);
            LeaseJournal.add(lab.store().kind(), "processes", 1, 1);
        }
        assertThat(hostB.runHere(words("race_" + ROUNDS))).returns(0, Outcome::exitCode);
    }

    @Test
    void refusesBackupAndDeletionWhileTheOtherWorks() {
        lab.parts();
        try (MigratorProcess first = begunOnA("host_busy")) {
            Outcome second = hostB.runHere(words("host_busy"));
            Outcome deletion = hostB.runHere("delete", "-n", "host_busy");

            assertThat(second).returns(11, Outcome::exitCode);
            assertThat(second.errors()).contains("a backup run on ", "(pid " + first.pid() + ")");
            assertThat(deletion).returns(11, Outcome::exitCode);
            first.terminate();
            assertThat(first.end()).returns(4, Outcome::exitCode);
        }
        assertThat(hostB.runHere("delete", "-n", "host_busy")).returns(0, Outcome::exitCode);
        assertThat(lab.vault().keys("backup/host_busy/")).isEmpty();
    }

    @Test
    void takesOverFromAHostThatDiedAndSaysFromWhom() {
        lab.parts();
        try (MigratorProcess first = begunOnA("host_died")) {
            assertThat(first.kill()).isTrue();
            Outcome second = hostB.runHere(words("host_died"));
            assertThat(second).returns(0, Outcome::exitCode);
            assertThat(second.output())
                    .contains("taking over the lease of a backup run on ", "(pid " + first.pid() + ")");
        }
        requireWholeAndUnleased("host_died");
    }

    @Test
    void aHostThatWasAwayWritesNoMore() throws Exception {
        lab.parts();
        try (MigratorProcess first = begunOnA("host_away")) {
            signal("-STOP", first);
            Outcome second = hostB.runHere(words("host_away"));
            assertThat(second).returns(0, Outcome::exitCode);
            Set<String> whole = lab.vault().keys("backup/host_away/");
            signal("-CONT", first);

            Outcome away = first.end();

            assertThat(away).returns(11, Outcome::exitCode);
            assertThat(away.errors()).contains("lease.json", "another run took it over");
            assertThat(lab.vault().keys("backup/host_away/")).isEqualTo(whole);
        }
        requireWholeAndUnleased("host_away");
    }

    @Test
    void givesTheLeaseBackWhenStopped() {
        lab.parts();
        try (MigratorProcess first = begunOnA("host_stopped")) {
            first.terminate();
            assertThat(first.end()).returns(4, Outcome::exitCode);
            Outcome second = hostB.runHere(words("host_stopped"));
            assertThat(second).returns(0, Outcome::exitCode);
            assertThat(second.output()).doesNotContain("taking over the lease");
        }
        requireWholeAndUnleased("host_stopped");
    }

    private static void signal(String signal, MigratorProcess process) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
