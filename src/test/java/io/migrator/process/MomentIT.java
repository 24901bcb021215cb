package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.Catalog;
import io.migrator.config.StorageConfig;
import io.migrator.format.RunRecord;
import io.migrator.lab.Fill;
import io.migrator.lab.Rows;
import io.migrator.store.ObjectStore;
import io.migrator.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Backups of a real Milvus 2.3.5 to which a client writes all the time: each is of one moment. */
@ExtendWith(LabExtension.class)
final class MomentIT {
    private static final int BACKUPS = Integer.getInteger("migrator.moment.backups", 3);

    private final MigrationLab lab;

    MomentIT(MigrationLab lab) {
        this.lab = lab;
    }

    private record Backup(String name, int before, Instant ended) {}

    @Test
    void holdsTheRowsOfOneMoment() {
        List<Backup> backups = new ArrayList<>();
        List<ChangeStream.Change> changes;
        try (ChangeStream stream = new ChangeStream(lab.clientA(), "moving", 40, Seed.random("changes"))) {
            Desk desk = lab.deskA();
            for (int i = 0; i < BACKUPS; i++) {
                int before = stream.changes().size();
                Outcome outcome = desk.run("--job=backup", "collection=moving", "name=moment_" + i);
                assertThat(outcome).returns(0, Outcome::exitCode);
                backups.add(new Backup("moment_" + i, before, Instant.now()));
            }
            changes = stream.end();
        }
        for (Backup backup : backups) {
            Outcome outcome = lab.deskB().run("--job=restore", "name=" + backup.name(), "suffix=_" + backup.name());
            assertThat(outcome).returns(0, Outcome::exitCode);
            RunRecord.Collection told = told(backup.name());
            NavigableSet<Long> rows = keys("moving_" + backup.name());
            report(backup, changes, rows, told);
        }
    }

    private void report(
            Backup backup, List<ChangeStream.Change> changes, NavigableSet<Long> rows, RunRecord.Collection told) {
        NavigableSet<Long> state = new TreeSet<>();
        int best = -1;
        long least = Long.MAX_VALUE;
        String diff = "";
        for (int i = 0; i <= changes.size(); i++) {
            NavigableSet<Long> more = new TreeSet<>(state);
            more.removeAll(rows);
            NavigableSet<Long> less = new TreeSet<>(rows);
            less.removeAll(state);
            if (more.size() + less.size() < least) {
                least = more.size() + less.size();
                best = i;
                diff = "lacks " + more + " has also " + less;
            }
            if (i < changes.size()) {
                changes.get(i).applyTo(state);
            }
        }
        System.out.println("MOMENT " + backup + " of " + changes.size() + " rows " + rows.size() + " prefix " + best
                + " off by " + least + " " + diff + " sealedAt " + told.sealedAt() + " " + told.sealedTimestamp()
                + " last in " + changes.get(Math.max(0, best - 1)) + " first out "
                + (best < changes.size() ? changes.get(best) : null)
                + (best + 1 < changes.size() ? changes.get(best + 1) : null));
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
