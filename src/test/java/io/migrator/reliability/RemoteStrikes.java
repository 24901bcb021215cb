package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Wire;
import io.migrator.process.MigratorProcess;
import io.migrator.process.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The workers of a campaign, and what is done to them, to the coordinator, and to what lies between them and the servers. */
final class RemoteStrikes implements AutoCloseable {
    private static final int TERMINATED = 128 + 15;
    private static final String GRACE = "the end of a worker after SIGTERM";

    private final RemoteWorld world;
    private final Random dice;
    private final Lasting lasting = new Lasting();
    private final List<MigratorProcess> workers = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    RemoteStrikes(RemoteWorld world, Random dice) {
        this.world = world;
        this.dice = dice;
    }

    Lasting lasting() {
        return lasting;
    }

    /** What workers said that ended otherwise than by a strike. */
    List<String> said() {
        return said;
    }

    void startWorkers() {
        for (int i = 1; i < world.hosts().size(); i++) {
            workers.add(worker(i));
        }
    }

    private MigratorProcess worker(int host) {
        return world.hosts().get(host).start("worker", "--threads=2");
    }

    /** Those that ended by themselves: only a database that was away for a minute ends one. */
    void replaceDead() {
        for (int i = 0; i < workers.size(); i++) {
            if (!workers.get(i).isAlive()) {
                Outcome outcome = workers.get(i).end();
                said.add(outcome.toString());
                assertThat(outcome).as("a worker that nobody struck").returns(30, Outcome::exitCode);
                replace(i);
            }
        }
    }

    private void replace(int worker) {
        lasting.forget(workers.get(worker));
        workers.set(worker, worker(worker + 1));
    }

    RemoteFault dice() {
        int all = Stream.of(RemoteFault.values()).mapToInt(RemoteFault::weight).sum();
        int left = dice.nextInt(all);
        for (RemoteFault fault : RemoteFault.values()) {
            left -= fault.weight();
            if (left < 0) {
                return fault;
            }
        }
        throw new IllegalStateException();
    }

    /** Does it; gives whom it hit, empty where that one is struck already. */
    String strike(RemoteFault fault, String backup, MigratorProcess coordinator) {
        int victim = dice.nextInt(workers.size());
        MigratorProcess worker = workers.get(victim);
        RemoteHost host = world.hosts().get(dice.nextInt(world.hosts().size()));
        return switch (fault) {
            case WORKER_KILLED -> {
                worker.kill();
                replace(victim);
                yield "worker " + victim;
            }
            case WORKER_TERMINATED -> terminate(victim);
            case WORKER_FROZEN -> freeze(worker, "worker " + victim, 5, 20);
            case WORKER_FROZEN_LONG -> freeze(worker, "worker " + victim, 61, 70);
            case COORDINATOR_KILLED -> {
                coordinator.kill();
                yield "coordinator";
            }
            case COORDINATOR_TERMINATED -> {
                if (lasting.hits(coordinator)) {
                    yield "";
                }
                coordinator.terminate();
                yield "coordinator";
            }
            case COORDINATOR_FROZEN -> freeze(coordinator, "coordinator", 5, 20);
            case COORDINATOR_FROZEN_LONG -> freeze(coordinator, "coordinator", 61, 70);
            case DATABASE_RESTARTED -> {
                world.postgres().kill();
                world.postgres().startAgain();
                yield "PostgreSQL";
            }
            case SESSIONS_CUT -> {
                world.records().cutSessions(backup);
                yield "PostgreSQL";
            }
            case CLAIMS_CUT -> world.records().cutClaims(backup) > 0 ? "PostgreSQL" : "";
            case LOCK_CUT -> {
                world.records().cutLocks();
                yield "PostgreSQL";
            }
            case WIRE_CUT -> wires(host, List.of(host.database()), Wire::cut, 1, 8);
            case WIRE_SILENT -> wires(host, List.of(host.database()), Wire::silence, 5, 30);
            case WIRE_LOST -> wires(host, List.of(host.database()), Wire::lose, 5, 30);
            case STORES_CUT -> wires(host, host.stores(), Wire::cut, 1, 8);
            case STORES_SILENT -> wires(host, host.stores(), Wire::silence, 5, 30);
            case VAULT_RESTARTED -> {
                world.vault().kill();
                world.vault().startAgain();
                yield "MinIO";
            }
        };
    }

    private String terminate(int victim) {
        RemoteHost host = world.hosts().get(victim + 1);
        MigratorProcess worker = workers.get(victim);
        if (lasting.hits(worker) || lasting.hits(host)) {
            return "";
        }
        worker.terminate();
        Awaitility.await(GRACE).atMost(Duration.ofSeconds(60)).until(() -> !worker.isAlive());
        Outcome outcome = worker.end();
        // Before its first word there is nobody yet who listens.
        boolean begun = outcome.output().contains("worker ");
        assertThat(outcome).as("a worker that was told to stop").returns(begun ? 0 : TERMINATED, Outcome::exitCode);
        replace(victim);
        return "worker " + victim;
    }

    private String freeze(MigratorProcess process, String name, int least, int most) {
        if (lasting.hits(process)) {
            return "";
        }
        signal("-STOP", process);
        Duration time = seconds(least, most);
        lasting.begin(process, time, () -> signal("-CONT", process));
        return "%s for %d s".formatted(name, time.toSeconds());
    }

    private static void signal(String signal, MigratorProcess process) {
        try {
            new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String wires(RemoteHost host, List<Wire> wires, Consumer<Wire> what, int least, int most) {
        if (lasting.hits(host)) {
            return "";
        }
        wires.forEach(what);
        Duration time = seconds(least, most);
        lasting.begin(host, time, () -> wires.forEach(Wire::mend));
        return "%s for %d s".formatted(host, time.toSeconds());
    }

    private Duration seconds(int least, int most) {
        return Duration.ofSeconds(least + dice.nextInt(most - least + 1));
    }

    @Override
    public void close() {
        lasting.endAll();
        workers.forEach(MigratorProcess::close);
    }
}
