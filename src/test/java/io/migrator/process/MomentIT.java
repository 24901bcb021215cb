package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.Catalog;
import io.migrator.config.StorageConfig;
import io.migrator.format.own.RunRecord;
import io.migrator.lab.Fill;
import io.migrator.lab.Rows;
import io.migrator.process.ChangeStream.Change;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Backups of a real Milvus 2.3.5 while a client inserts and deletes: each restores to what the client had done up to some
 * change, and {@code run.json} tells when that was. {@code -Dmigrator.moment.backups} sets how many.
 */
@ExtendWith(LabExtension.class)
final class MomentIT {
    private static final int BACKUPS = Integer.getInteger("migrator.moment.backups", 2);
    /** Milvus' clock goes in steps of 50 ms, and a loaded machine is late with them. */
    private static final Duration CLOCK = Duration.ofMillis(500);

    private final MigrationLab lab;

    MomentIT(MigrationLab lab) {
        this.lab = lab;
    }

    /** @param acknowledged changes before it began */
    private record Backup(String name, int acknowledged) {}

    @Test
    void holdsTheRowsOfOneMoment() {
        List<Backup> backups = new ArrayList<>();
        List<Change> changes;
        try (ChangeStream stream = new ChangeStream(lab.clientA(), "moving", Seed.random("changes"))) {
            Desk desk = lab.deskA();
            for (int i = 0; i < BACKUPS; i++) {
                Backup backup = new Backup("moment_" + i, stream.changes().size());
                assertThat(desk.runHere("--job=backup", "collection=moving", "name=" + backup.name()))
                        .returns(0, Outcome::exitCode);
                backups.add(backup);
            }
            changes = stream.end();
        }
        backups.forEach(backup -> requireMoment("moving", backup, changes));
    }

    @Test
    void holdsItAfterADeathBetweenFlushAndPlan() {
        Desk desk = lab.deskA();
        Backup backup;
        List<Change> changes;
        try (ChangeStream stream = new ChangeStream(lab.clientA(), "orphaned", Seed.random("changes of orphaned"))) {
            backup = new Backup("killed_at_moment", stream.changes().size());
            String[] words = {"--job=backup", "collection=orphaned", "name=" + backup.name()};
            try (MigratorProcess process = desk.start(words)) {
                process.awaitLine("plan");
                assertThat(process.kill()).isTrue();
            }
            // What came meanwhile is in segments now that a plan could take for its own.
            stream.flush();
            assertThat(desk.runHere(words)).returns(0, Outcome::exitCode);
            changes = stream.end();
        }
        requireMoment("orphaned", backup, changes);
    }

    private void requireMoment(String collection, Backup backup, List<Change> changes) {
        String suffix = "_" + backup.name();
        assertThat(lab.deskB().runHere("--job=restore", "name=" + backup.name(), "suffix=" + suffix))
                .returns(0, Outcome::exitCode);
        NavigableSet<Long> rows = keys(collection + suffix);
        RunRecord.Collection told = told(backup.name());
        Instant moment = told.sealedAt();
        assertThat(moment).isNotNull();
        assertThat(told.sealedTimestamp()).isPositive();

        int prefix = prefix(rows, changes, moment);
        System.out.printf(
                "%s is of change %d of %d, begun with %d: %s%n",
                backup.name(), prefix, changes.size(), backup.acknowledged(), moment);
        assertThat(prefix).isGreaterThanOrEqualTo(backup.acknowledged()).isLessThan(changes.size());
        assertThat(changes.subList(0, prefix)).allMatch(change -> change.began().isBefore(moment.plus(CLOCK)));
        assertThat(changes.subList(prefix, changes.size()))
                .allMatch(change -> change.ended().isAfter(moment.minus(CLOCK)));
    }

    /** The most changes that led to these rows. */
    private static int prefix(NavigableSet<Long> rows, List<Change> changes, Instant moment) {
        Map<Long, Integer> deletedBy = new HashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            for (long key :
                    changes.get(i).insert() ? List.<Long>of() : changes.get(i).keys()) {
                deletedBy.put(key, i);
            }
        }
        // To 2.3 the moment is told in milliseconds, which its clock does not count: deletes of the same step count.
        int sameStep = (int) changes.stream()
                .takeWhile(change -> change.began().isBefore(moment.plus(CLOCK)))
                .count();
        NavigableSet<Long> lacking = new TreeSet<>();
        NavigableSet<Long> more = new TreeSet<>(rows);
        int least = rows.size();
        int nearest = 0;
        int prefix = -1;
        for (int i = 0; i <= changes.size(); i++) {
            int at = i;
            boolean deletedSince = lacking.stream().allMatch(key -> {
                int deleted = deletedBy.getOrDefault(key, -1);
                return deleted >= at && deleted < sameStep;
            });
            // Milvus assigns an insert's rows to segments shard by shard: sealing may come in between.
            boolean partly = more.isEmpty()
                    || (i < sameStep
                            && changes.get(i).insert()
                            && changes.get(i).keys().containsAll(more));
            if (deletedSince && partly) {
                prefix = i;
            }
            if (lacking.size() + more.size() < least) {
                least = lacking.size() + more.size();
                nearest = i;
            }
            if (i < changes.size()) {
                apply(changes.get(i), rows, lacking, more);
            }
        }
        assertThat(prefix)
                .as(
                        "no moment of the client has these rows; nearest is that after %d changes, by %d rows",
                        nearest, least)
                .isNotNegative();
        return prefix;
    }

    /**
     * @param rows what a backup has
     * @param lacking what it lacks of the client's rows
     * @param more what it has beyond them
     */
    private static void apply(Change change, Set<Long> rows, Set<Long> lacking, Set<Long> more) {
        for (long key : change.keys()) {
            Set<Long> concerned = rows.contains(key) ? more : lacking;
            if (change.insert() == rows.contains(key)) {
                concerned.remove(key);
            } else {
                concerned.add(key);
            }
        }
    }

    private NavigableSet<Long> keys(String collection) {
        new Fill(lab.clientB()).load(collection);
        return new Rows(lab.clientB())
                .all(collection).stream()
                        .map(row -> (Long) row.get("id"))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private RunRecord.Collection told(String backup) {
        try (ObjectStore vault = Stores.open(lab.store().storage(StorageConfig.Side.VAULT, "bucket-b", "backup"))) {
            return new Catalog(vault, "backup")
                    .runRecord(backup)
                    .orElseThrow()
                    .collections()
                    .get(0);
        }
    }
}
