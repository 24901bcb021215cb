package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backups by a coordinator and three workers, all of which are killed, stopped, frozen and cut off the database at random, until
 * so many faults were done; each backup is whole, and each object is recorded once.
 */
@EnabledIfSystemProperty(named = "migrator.remote.faults", matches = "[0-9]+", disabledReason = "a campaign of its own")
class RemoteChaosIT {
    private static final int FAULTS = Integer.getInteger("migrator.remote.faults", 0);
    private static final int WORKERS = 3;

    @TempDir
    Path folder;

    private final Random random = new Random(Integer.getInteger("migrator.remote.seed", 19));
    private final Map<String, Integer> done = new HashMap<>();
    private RemoteGround ground;
    private WordsAsProcess processes;

    @BeforeEach
    void start() throws IOException {
        ground = RemoteGround.start(folder);
        ground.writeConfig(folder.resolve("backup.yaml"));
        processes = new WordsAsProcess(folder);
    }

    @AfterEach
    void stop() {
        processes.close();
        ground.close();
    }

    @Test
    void isMadeWhateverDies() throws Exception {
        List<Process> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(worker());
        }
        for (int backup = 0; faults() < FAULTS; backup++) {
            String name = "n" + backup;
            Process coordinator = coordinator(name);
            while (true) {
                if (coordinator.waitFor(400 + random.nextInt(600), TimeUnit.MILLISECONDS)) {
                    int code = coordinator.exitValue();
                    if (code == 0) {
                        break;
                    }
                    assertThat(code).as(processes.log(coordinator)).isIn(4, 5, 11, 30, 128 + 9, 128 + 15);
                    coordinator = coordinator(name);
                } else if (!ground.isAtWork(name)) {
                    continue;
                } else if (random.nextInt(8) == 0) {
                    count("coordinator killed");
                    coordinator.destroyForcibly().waitFor();
                } else {
                    fault(name, workers);
                }
            }
            ground.requireWhole(name);
            assertThat(ground.recordings(name))
                    .allSatisfy((row, times) -> assertThat(times).isEqualTo(1));
            System.err.println(name + ": " + done);
        }
    }

    private int faults() {
        return done.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void count(String fault) {
        done.merge(fault, 1, Integer::sum);
    }

    private void fault(String name, List<Process> workers) throws Exception {
        int victim = random.nextInt(workers.size());
        switch (random.nextInt(5)) {
            case 0 -> {
                count("worker killed");
                workers.get(victim).destroyForcibly().waitFor();
                workers.set(victim, worker());
            }
            case 1 -> {
                count("worker stopped");
                workers.get(victim).destroy();
                assertThat(workers.get(victim).waitFor(25, TimeUnit.SECONDS)).isTrue();
                workers.set(victim, worker());
            }
            case 2 -> {
                count("worker frozen for 2 s");
                signal("-STOP", workers.get(victim));
                Thread.sleep(2000);
                signal("-CONT", workers.get(victim));
            }
            case 3 -> {
                count("claims cut");
                ground.cutClaims(name);
            }
            default -> {
                count("sessions cut");
                ground.cutSessions(name);
            }
        }
    }

    private static void signal(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private Process worker() throws IOException {
        return processes.start("worker", "--threads=2");
    }

    private Process coordinator(String name) throws IOException {
        return processes.start(
                "--job=backup",
                "collection=a",
                "name=" + name,
                "chunk=2",
                "in-flight=1",
                "workers=remote",
                "max-bytes-per-second=500");
    }
}
