package io.migrator.reliability;

import io.migrator.lab.LabCache;
import io.migrator.process.Desk;
import io.migrator.process.MigrationLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * All parts in large, then {@code docs/reliability.md}. Run by {@code ./mvnw -Preliability}; exit code 0 only where every
 * round came out right. A part that breaks off does not end the others.
 */
public final class Reliability {
    private static final Path OUT = Path.of("target", "reliability");
    /** Of the kills; an import on a real Milvus 2.3 takes 2 s, however small it is. */
    private static final int ON_DOUBLES = 80;

    private static final int WORKERS = 3;
    /** Imports by gRPC and by REST. */
    private static final List<String> REPEATED_ON = List.of("2.3.5", "2.6.12");

    private final long seed;
    private final Path workDir;
    private final List<String> wrong = new ArrayList<>();

    private Reliability(long seed, Path workDir) {
        this.seed = seed;
        this.workDir = workDir;
    }

    /** @param args {@code key=value}: kills, faults (migrations under them), repeats, soak.minutes, worker.faults, seed (may be empty), parts */
    public static void main(String[] args) throws IOException {
        Map<String, String> given = Stream.of(args)
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1]));
        String again = given.getOrDefault("seed", "");
        long seed = again.isBlank() ? System.nanoTime() : Long.parseLong(again);
        Set<String> parts = Set.of(given.getOrDefault("parts", "").split(","));
        System.out.printf("reliability: parts %s, seed %d (again by -Dseed=%d)%n", parts, seed, seed);
        Reliability all = new Reliability(seed, Files.createTempDirectory("migrator-reliability"));
        if (parts.contains("kills")) {
            all.kills(Integer.parseInt(given.getOrDefault("kills", "300")));
        }
        if (parts.contains("faults")) {
            all.faults(Integer.parseInt(given.getOrDefault("faults", "60")));
        }
        if (parts.contains("repeats")) {
            all.repeats(Integer.parseInt(given.getOrDefault("repeats", "300")));
        }
        if (parts.contains("soak")) {
            all.soak(Duration.ofMinutes(Long.parseLong(given.getOrDefault("soak.minutes", "30"))));
        }
        if (parts.contains("statements")) {
            all.statements();
        }
        if (parts.contains("workers")) {
            all.workers(Integer.parseInt(given.getOrDefault("worker.faults", "200")));
        }
        if (parts.contains("page")) {
            new Page(Path.of("docs")).write(OUT);
        }
        LabCache.deleteTree(all.workDir);
        all.wrong.forEach(line -> System.out.println("WRONG  " + line));
        System.exit(all.wrong.isEmpty() ? 0 : 1);
    }

    private void kills(int kills) {
        Journal journal = Journal.begin(OUT, "kills", seed);
        int onDoubles = kills * ON_DOUBLES / 100;
        int left = kills
                - matrix("kills on doubles", () -> DoubleGround.start(workDir.resolve("kills")), onDoubles, journal);
        matrix("kills on real servers", RealGround::start, left, journal);
    }

    private void faults(int migrations) {
        Journal journal = Journal.begin(OUT, "faults", seed);
        guarded("faults", () -> {
            try (DoubleGround ground = DoubleGround.start(workDir.resolve("faults"));
                    FaultRuns runs = new FaultRuns(ground, seed, journal, Desk::run)) {
                runs.play(migrations, true);
                System.out.println("faults: " + runs.injected());
                if (!runs.wrong().isEmpty()) {
                    wrong.add(
                            "faults: %d of %d migrations".formatted(runs.wrong().size(), migrations));
                }
            }
        });
    }

    private void repeats(int restores) {
        Journal journal = Journal.begin(OUT, "repeats", seed);
        System.setProperty("logging.level.root", "off");
        for (String release : REPEATED_ON) {
            guarded("repeats", () -> {
                try (RepeatWorld world = new RepeatWorld(workDir.resolve("repeats-" + release), release)) {
                    Repeats played = new Repeats(world, seed, journal);
                    played.play(restores / REPEATED_ON.size());
                    System.out.printf(
                            "repeats on %s: %d, by exit code %s, %d stories wrong%n",
                            release,
                            played.repeats(),
                            played.exits(),
                            played.wrong().size());
                    if (!played.wrong().isEmpty()) {
                        wrong.add("repeats: %d stories".formatted(played.wrong().size()));
                    }
                }
            });
        }
    }

    private void soak(Duration time) {
        Journal journal = Journal.begin(OUT, "soak", seed);
        guarded("soak", () -> {
            try (Ground ground = RealGround.start()) {
                Soak soak = new Soak(ground, seed, journal);
                soak.play(time);
                System.out.println("soak: " + soak.counts());
            }
        });
    }

    private void statements() {
        Journal journal = Journal.begin(OUT, "statements", seed);
        guarded("statements", () -> {
            try (StatementGround ground = new StatementGround(workDir.resolve("statements"))) {
                StatementRuns runs = new StatementRuns(ground, journal);
                for (StatementWork work : StatementWork.values()) {
                    runs.playAll(work);
                    System.out.printf(
                            "statements: %s, %d rounds, %d wrong%n",
                            work, runs.rounds(), runs.wrong().size());
                }
                wrong.addAll(runs.wrong());
            }
        });
    }

    private void workers(int faults) {
        Journal journal = Journal.begin(OUT, "workers", seed);
        guarded("workers", () -> {
            try (MigrationLab lab = MigrationLab.start();
                    RemoteWorld world = new RemoteWorld(workDir.resolve("workers"), lab, WORKERS + 1);
                    RemoteRounds rounds = new RemoteRounds(world, seed, journal)) {
                rounds.play(faults);
                System.out.println("workers: " + rounds.done());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void guarded(String part, Runnable work) {
        try {
            work.run();
        } catch (TestAbortedException e) {
            wrong.add(part + ": " + e.getMessage());
        } catch (RuntimeException | AssertionError e) {
            wrong.add(part + " broke off: " + e);
        }
    }

    private int matrix(String part, Supplier<Ground> ground, int kills, Journal journal) {
        int[] hits = {0};
        guarded(part, () -> {
            try (Ground played = ground.get()) {
                KillMatrix matrix = new KillMatrix(played, seed, journal);
                matrix.play(kills, Integer.MAX_VALUE);
                hits[0] = matrix.hits();
                System.out.printf(
                        "%s: %d strikes, %d rounds wrong%n",
                        part, matrix.hits(), matrix.wrong().size());
                if (!matrix.wrong().isEmpty() || matrix.hits() < kills) {
                    wrong.add("%s: %d rounds, %d of %d strikes"
                            .formatted(part, matrix.wrong().size(), matrix.hits(), kills));
                }
            }
        });
        return hits[0];
    }
}
