package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code kill -9} of a backup, anywhere; then the same command again. */
@ExtendWith(LabExtension.class)
final class BackupKillIT {
    private static final int CHUNK = 100;
    private static final int WORKERS = 2;

    private final MigrationLab lab;

    BackupKillIT(MigrationLab lab) {
        this.lab = lab;
        lab.wide();
    }

    @Test
    void copiesAtMostOneChunkAWorkerTwice() {
        Random random = Seed.random("kill in copy");
        Desk desk = lab.deskA();
        String[] words = {"--job=backup", "collection=wide", "name=killed_in_copy", "chunk=" + CHUNK};

        SortedMap<String, ZonedDateTime> before = killInCopy(desk, random, "killed_in_copy", words);
        Outcome again = desk.runHere(words);

        assertThat(again).returns(0, Outcome::exitCode);
        assertThat(before).hasSizeLessThan(WideCollection.OBJECTS);
        SortedMap<String, ZonedDateTime> after = binlogs("killed_in_copy");
        assertThat(after).hasSize(WideCollection.OBJECTS);
        assertThat(twice(before, after)).hasSizeLessThanOrEqualTo(CHUNK * WORKERS);
        requireComplete("killed_in_copy");
    }

    @Test
    void goesOnFromTheVaultWhereTheJobDatabaseIsLost() throws IOException {
        Random random = Seed.random("lost state");
        Desk desk = lab.deskA();
        String[] words = {"--job=backup", "collection=wide", "name=lost_state"};

        SortedMap<String, ZonedDateTime> before = killInCopy(desk, random, "lost_state", words);
        desk.loseState();
        Outcome again = desk.runHere(words);
        desk.loseState();
        Outcome third = desk.runHere(words);

        assertThat(again).returns(0, Outcome::exitCode);
        assertThat(again.output()).contains("objects are already in the vault and proven");
        assertThat(twice(before, binlogs("lost_state"))).isEmpty();
        requireComplete("lost_state");
        assertThat(third).returns(0, Outcome::exitCode);
        assertThat(third.output()).contains("already complete");
    }

    @Test
    void survivesADeathAtEveryStep() {
        Desk desk = lab.deskA();
        String[] words = {"--job=backup", "collection=wide", "name=killed_at_steps"};
        int kills = 0;
        for (String stage : List.of("preflight", "flush", "plan", "copy", "verify", "manifests")) {
            try (MigratorProcess process = desk.start(words)) {
                process.awaitLine(stage);
                kills += process.kill() ? 1 : 0;
            }
        }
        Outcome last = desk.runHere(words);

        assertThat(kills).isGreaterThanOrEqualTo(5);
        assertThat(last).returns(0, Outcome::exitCode);
        requireComplete("killed_at_steps");
    }

    @Test
    void survivesDeathsBetweenTheLastWritings() {
        int kills = 0;
        for (String file : List.of("migrator/run.json", "meta/backup_meta.json", "meta/full_meta.json")) {
            lab.pk();
            String name = "killed_after_" + file.replaceAll("[^a-z]", "_");
            Desk desk = lab.deskA();
            String[] words = {"--job=backup", "collection=pk", "name=" + name};
            try (MigratorProcess process = desk.start(words)) {
                process.awaitLine("copy");
                process.awaitUnlessEnded(
                        file, () -> lab.vault().count("backup/" + name + "/" + file) == 1, Duration.ofMillis(5));
                kills += process.kill() ? 1 : 0;
            }
            assertThat(desk.runHere(words)).as(file).returns(0, Outcome::exitCode);
            requireComplete(name);
        }
        assertThat(kills).isPositive();
    }

    private SortedMap<String, ZonedDateTime> killInCopy(Desk desk, Random random, String name, String... words) {
        int wanted = 100 + random.nextInt(WideCollection.OBJECTS / 2);
        String[] slowly = Stream.concat(Stream.of(words), Stream.of("max-requests-per-second=250"))
                .toArray(String[]::new);
        try (MigratorProcess process = desk.start(slowly)) {
            boolean seen = process.awaitUnlessEnded(
                    wanted + " objects of " + name, () -> binlogs(name).size() >= wanted, Duration.ofMillis(100));
            boolean killed = process.kill();
            assertThat(seen && killed)
                    .as("killed in the middle: " + process.end())
                    .isTrue();
        }
        return binlogs(name);
    }

    private SortedMap<String, ZonedDateTime> binlogs(String name) {
        return lab.vault().written("backup/" + name + "/binlogs/");
    }

    private static List<String> twice(Map<String, ZonedDateTime> before, Map<String, ZonedDateTime> after) {
        return before.keySet().stream()
                .filter(key -> !before.get(key).equals(after.get(key)))
                .toList();
    }

    private void requireComplete(String name) {
        lab.requireWhole(name);
        assertThat(lab.vault().keys("backup/" + name + "/meta/")).hasSize(5);
        assertThat(lab.vault().keys("backup/" + name + "/migrator/"))
                .isNotEmpty()
                .doesNotContain("backup/" + name + "/migrator/incomplete.json");
    }
}
