package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.process.MigratorProcess;
import io.migrator.process.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Backups by a coordinator and workers on hosts of their own, one after the other, all of which are struck by dice while they
 * work. Each comes out as one that nobody disturbed.
 */
final class RemoteRounds implements AutoCloseable {
    private static final int CHUNK = 10;
    private static final int THREADS = 2;
    private static final int MOST_FAULTS = 25;
    private static final int RESTORED = 5;
    /** One in so many turns strikes, too, where nobody is at work. */
    private static final int IDLE = 100;

    private static final Duration TURN = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    /** By kill, SIGTERM with or without a word, a store, another that has the work, or the database. */
    private static final Set<Integer> ENDS = Set.of(128 + 9, 128 + 15, 4, 5, 11, 30);

    private final RemoteWorld world;
    private final Random dice;
    private final Journal journal;
    private final RemoteStrikes strikes;
    private final Map<RemoteFault, Integer> done = new EnumMap<>(RemoteFault.class);
    private final List<String> history = new ArrayList<>();
    private int backups;

    RemoteRounds(RemoteWorld world, long seed, Journal journal) {
        this.world = world;
        this.dice = new Random(seed);
        this.journal = journal;
        this.strikes = new RemoteStrikes(world, dice);
    }

    Map<RemoteFault, Integer> done() {
        return done;
    }

    private int total() {
        return done.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Plays until so many faults were done; fails, history first, where a backup is not as it must be. */
    void play(int faults) {
        try {
            strikes.startWorkers();
            RemoteWorld.Shape calm = calm();
            while (total() < faults) {
                String name = "n" + ++backups;
                backup(name, calm);
                if (backups % RESTORED == 0 || total() >= faults) {
                    world.requireRestorable(name);
                    history.add("restored " + name);
                    journal.write(Map.of("restored", name));
                }
            }
        } catch (AssertionError | RuntimeException e) {
            journal.write(Map.of("backup", "n" + backups, "result", "wrong: " + e.getMessage()));
            System.out.println("workers: history\n  " + String.join("\n  ", history));
            strikes.said().forEach(System.out::println);
            throw e;
        }
    }

    /** What a backup is that nobody disturbs. */
    private RemoteWorld.Shape calm() {
        try (MigratorProcess coordinator = world.hosts().get(0).start(words("calm", "in-flight=8"))) {
            assertThat(coordinator.end()).returns(0, Outcome::exitCode);
        }
        RemoteWorld.Shape shape = world.shape("calm");
        assertThat(world.writes("calm").values()).hasSize(shape.copies()).containsOnly(1);
        return shape;
    }

    private static String[] words(String name, String speed) {
        return new String[] {
            "--job=backup",
            "collection=" + RemoteWorld.COLLECTION,
            "name=" + name,
            "chunk=" + CHUNK,
            "workers=remote",
            "transfer=stream",
            speed
        };
    }

    private void backup(String name, RemoteWorld.Shape calm) {
        long began = System.nanoTime();
        List<Integer> exits = new ArrayList<>();
        long again = allowed(() -> run(name, exits));
        world.requireProven(name);
        assertThat(world.shape(name)).as("what lies of %s", name).isEqualTo(calm);
        Map<String, Integer> writes = world.writes(name);
        assertThat(writes).hasSize(calm.copies());
        int more = writes.values().stream().mapToInt(Integer::intValue).sum() - writes.size();
        assertThat((long) more).as("copies of %s made again", name).isLessThanOrEqualTo(again);
        assertThat(world.records().recordings(name))
                .as("times that each copy of %s was recorded", name)
                .isNotEmpty()
                .allSatisfy((row, times) -> assertThat(times).isEqualTo(1));
        assertThat(world.records().leftOpen(name)).as("left open of %s", name).isZero();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("backup", name);
        line.put("exits", exits);
        line.put("seconds", (System.nanoTime() - began) / 1_000_000_000);
        line.put("objects", writes.size());
        line.put("again", more);
        line.put("allowed", again);
        line.put("result", "right");
        journal.write(line);
        history.add(line.toString());
        System.out.printf("workers: %d faults, %s%n", total(), line);
    }

    /** Copies that may be made again: a chunk of each thread that was struck. */
    private long allowed(Runnable run) {
        Map<RemoteFault, Integer> before = new EnumMap<>(done);
        run.run();
        int all = THREADS * (world.hosts().size() - 1);
        return done.entrySet().stream()
                .mapToLong(entry -> (long) CHUNK
                        * entry.getKey().threads(THREADS, all)
                        * (entry.getValue() - before.getOrDefault(entry.getKey(), 0)))
                .sum();
    }

    private void run(String name, List<Integer> exits) {
        long end = System.nanoTime() + LONGEST.toNanos();
        int most = total() + MOST_FAULTS;
        long next = 0;
        MigratorProcess coordinator = begin(name);
        while (true) {
            if (!coordinator.runsFor(TURN)) {
                Outcome outcome = coordinator.end();
                coordinator.close();
                strikes.lasting().forget(coordinator);
                exits.add(outcome.exitCode());
                tell(name, outcome);
                if (outcome.exitCode() == 0) {
                    break;
                }
                assertThat(ENDS).as("exit code of the coordinator%n%s", outcome).contains(outcome.exitCode());
                coordinator = begin(name);
            }
            assertThat(System.nanoTime()).as("%s ends in time", name).isLessThan(end);
            strikes.replaceDead();
            strikes.lasting().endDue();
            if (total() >= most) {
                strikes.lasting().endAll();
            } else if (System.nanoTime() > next && strike(name, coordinator)) {
                next = System.nanoTime()
                        + Duration.ofMillis(300 + dice.nextInt(2000)).toNanos();
            }
        }
        strikes.lasting().endAll();
    }

    private void tell(String name, Outcome outcome) {
        history.add("coordinator of %s ended with %d".formatted(name, outcome.exitCode()));
        if (outcome.exitCode() > 4 && outcome.exitCode() < 128) {
            journal.write(Map.of("ended", outcome.exitCode(), "said", outcome.errors()));
        }
    }

    private MigratorProcess begin(String name) {
        return world.hosts().get(0).start(words(name, "max-bytes-per-second=12K"));
    }

    /** False where nothing was struck, because nobody is at work. */
    private boolean strike(String name, MigratorProcess coordinator) {
        RemoteFault fault = strikes.dice();
        if (!world.records().isAtWork(name) && (fault.endsAll() || dice.nextInt(IDLE) > 0)) {
            return false;
        }
        String where = strikes.strike(fault, name, coordinator);
        if (where.isEmpty()) {
            return false;
        }
        done.merge(fault, 1, Integer::sum);
        history.add("%s: %s, %s (%s)".formatted(name, fault.of(), fault.what(), where));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("fault", fault.name());
        line.put("of", fault.of());
        line.put("what", fault.what());
        line.put("where", where);
        line.put("during", name);
        journal.write(line);
        return true;
    }

    @Override
    public void close() {
        strikes.close();
    }
}
