package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.RowDigest;
import io.migrator.process.MigratorProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Diced operations on two collections and their backups. After each of them the list of backups says exactly what must
 * be there, and what was touched has exactly the rows that it must have.
 */
final class Soak {
    private static final List<String> COLLECTIONS = List.of("soak1", "soak2");
    private static final int MOST_BACKUPS = 5;
    private static final int MOST_STRIKES = 3;

    /** What the dice choose; an operation that is not possible yet becomes a backup. */
    enum Operation {
        INSERT,
        DELETE_ROWS,
        BACKUP,
        KILLED_BACKUP,
        RESTORE,
        KILLED_RESTORE,
        VERIFY,
        DELETE_BACKUP,
        KILLED_DELETE
    }

    private record Backup(String collection, RowDigest rows) {}

    private final Ground ground;
    private final Random dice;
    private final Journal journal;
    private final VaultLook vault;
    private final Map<String, Backup> backups = new TreeMap<>();
    private final Map<String, Timetable> timetables = new HashMap<>();
    private final Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
    private final List<String> history = new ArrayList<>();
    private int names;

    Soak(Ground ground, long seed, Journal journal) {
        this.ground = ground;
        this.dice = new Random(seed);
        this.journal = journal;
        this.vault = new VaultLook(ground);
    }

    /** Operations done so far. */
    Map<Operation, Integer> counts() {
        return counts;
    }

    /** Plays until the time is over; fails, history first, where an invariant is broken. */
    void play(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Operation operation = Operation.BACKUP;
        try {
            MigratorProcess.prepare();
            COLLECTIONS.forEach(ground::fill);
            rehearse();
            while (System.nanoTime() < end) {
                operation = possible(Operation.values()[dice.nextInt(Operation.values().length)]);
                operate(operation);
            }
        } catch (AssertionError | RuntimeException e) {
            write(operation, "wrong: " + e.getMessage());
            System.out.println("soak: history\n  " + String.join("\n  ", history));
            throw e;
        }
    }

    private void operate(Operation operation) {
        long began = System.nanoTime();
        run(operation);
        assertThat(vault.complete()).as("complete backups").isEqualTo(backups.keySet());
        counts.merge(operation, 1, Integer::sum);
        write(operation, "right");
        System.out.printf(
                "soak: %d operations, %s took %.1f s%n",
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                history.get(history.size() - 1),
                (System.nanoTime() - began) / 1e9);
    }

    private Operation possible(Operation wanted) {
        boolean needsOne = wanted.compareTo(Operation.RESTORE) >= 0;
        boolean makesOne = wanted == Operation.BACKUP || wanted == Operation.KILLED_BACKUP;
        if (needsOne && backups.isEmpty()) {
            return Operation.BACKUP;
        }
        return makesOne && backups.size() >= MOST_BACKUPS ? Operation.DELETE_BACKUP : wanted;
    }

    private void rehearse() {
        operate(Operation.BACKUP);
        operate(Operation.RESTORE);
        operate(Operation.DELETE_BACKUP);
    }

    private void run(Operation operation) {
        String collection = COLLECTIONS.get(dice.nextInt(COLLECTIONS.size()));
        switch (operation) {
            case INSERT -> {
                history.add("insert into " + collection);
                ground.insert(collection, dice);
            }
            case DELETE_ROWS -> {
                history.add("delete from " + collection);
                ground.delete(collection, dice);
            }
            case BACKUP, KILLED_BACKUP -> backup(collection, operation == Operation.KILLED_BACKUP);
            case RESTORE, KILLED_RESTORE -> restore(operation == Operation.KILLED_RESTORE);
            case VERIFY -> verify();
            case DELETE_BACKUP, KILLED_DELETE -> delete(operation == Operation.KILLED_DELETE);
        }
    }

    private void backup(String collection, boolean killed) {
        String name = "b" + ++names;
        history.add("backup %s of %s%s".formatted(name, collection, killed ? ", killed" : ""));
        play(new BackupWork(ground, ground.source(), collection, name, null), killed);
        backups.put(name, new Backup(collection, ground.sourceRows(collection)));
    }

    private void restore(boolean killed) {
        String name = anyBackup();
        Backup backup = backups.get(name);
        String suffix = "r" + ++names;
        history.add("restore %s of %s%s".formatted(suffix, name, killed ? ", killed" : ""));
        RestoreWork work = new RestoreWork(ground, ground.target(), backup.collection(), name, suffix, backup.rows());
        play(work, killed);
        ground.drop(work.restored());
    }

    private void verify() {
        String name = anyBackup();
        history.add("verify " + name);
        play(new VerifyWork(ground, ground.source(), name), false);
    }

    private void delete(boolean killed) {
        String name = anyBackup();
        history.add("delete %s%s".formatted(name, killed ? ", killed" : ""));
        play(new DeleteWork(ground, ground.source(), name), killed);
        backups.remove(name);
    }

    private String anyBackup() {
        return List.copyOf(backups.keySet()).get(dice.nextInt(backups.size()));
    }

    private void play(Work work, boolean killed) {
        Timetable known = timetables.get(work.job());
        if (killed && known != null) {
            Campaign campaign = new Campaign(ground, work, dice, journal);
            try {
                campaign.play(Moment.some(Moment.of(known, dice), MOST_STRIKES, dice), MOST_STRIKES);
            } finally {
                history.addAll(campaign.history());
            }
            return;
        }
        timetables.put(work.job(), Timetable.measure(work));
        work.requireRight();
    }

    private void write(Operation operation, String result) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ground", ground.name());
        line.put("operation", operation.name());
        line.put("history", history.isEmpty() ? "" : history.get(history.size() - 1));
        line.put("backups", backups.size());
        line.put("result", result);
        journal.write(line);
    }
}
