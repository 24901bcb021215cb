package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.FakeMilvus;
import io.migrator.fake.data.RowDigest;
import io.migrator.lab.FaultProxy;
import io.migrator.process.Desk;
import io.migrator.process.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Migrations while the store and both Milvus fail by dice: each run ends right or says why with an exit code that
 * README has; once the faults are over, the same command ends right.
 */
final class FaultRuns implements AutoCloseable {
    private static final String COLLECTION = "coll";
    /** All that README lists but 1, which would be a bug, and 2, since the command is right. */
    private static final Set<Integer> DOCUMENTED = Set.of(0, 3, 4, 5, 10, 11, 12, 13, 14, 20, 21, 30);

    private final DoubleGround ground;
    private final FaultProxy proxy;
    private final long seed;
    private final Journal journal;
    private final VaultLook vault;
    private final List<FakeMilvus> servers;
    private final Map<FakeMilvus, Set<String>> methods = new LinkedHashMap<>();
    private RowDigest wanted = RowDigest.NONE;
    private VaultLook.Shape calm = new VaultLook.Shape(Set.of(), 0);
    private final List<String> wrong = new ArrayList<>();
    private final BiFunction<Desk, String[], Outcome> way;

    /** @param way how a command is run: as a process of its own, or by a call */
    FaultRuns(DoubleGround ground, long seed, Journal journal, BiFunction<Desk, String[], Outcome> way) {
        this.ground = ground;
        this.way = way;
        this.proxy = new FaultProxy(ground.store());
        this.seed = seed;
        this.journal = journal;
        this.vault = new VaultLook(ground);
        this.servers =
                List.of(ground.pair().source().server(), ground.pair().target().server());
    }

    /** What happened in each migration that did not come out right. */
    List<String> wrong() {
        return wrong;
    }

    /** What went wrong on purpose so far, with how often. */
    Map<String, Integer> injected() {
        Map<String, Integer> all = new TreeMap<>();
        proxy.done().forEach((what, count) -> all.put("store " + what, count));
        servers.forEach(server ->
                server.faults().taken().forEach((what, count) -> all.merge("Milvus " + what, count, Integer::sum)));
        return all;
    }

    /** @param lostImports see {@link FaultDice#arm} */
    void play(int migrations, boolean lostImports) {
        rehearse();
        for (int i = 1; i <= migrations; i++) {
            Random dice = new Random(seed * 31 + i);
            FaultDice faults = new FaultDice(dice);
            int percent = 2 + dice.nextInt(14);
            Runnable arm = () -> {
                faults.arm(proxy, percent);
                servers.forEach(server -> faults.arm(server, methods.get(server), percent / 2, lostImports));
            };
            String transfer = dice.nextBoolean() ? "stream" : "auto";
            migration("f" + i, transfer, percent, arm);
            System.out.printf("faults: migration %d of %d, %d wrong%n", i, migrations, wrong.size());
        }
    }

    private void rehearse() {
        ground.fill(COLLECTION);
        wanted = ground.sourceRows(COLLECTION);
        Work backup = backup("calm", "auto");
        RestoreWork restore = restore("calm");
        for (Work work : List.of(backup, restore)) {
            assertThat(run(work)).returns(0, Outcome::exitCode);
        }
        calm = vault.shape("calm");
        servers.forEach(
                server -> methods.put(server, Set.copyOf(server.log().counts().keySet())));
        ground.drop(restore.restored());
    }

    private Work backup(String name, String transfer) {
        BackupWork work = new BackupWork(ground, ground.source(front()), COLLECTION, name, calm);
        return new Tuned(work, "transfer=" + transfer);
    }

    private RestoreWork restore(String name) {
        return new RestoreWork(ground, ground.target(front()), COLLECTION, name, name, wanted);
    }

    private String[] front() {
        return new String[] {"minio.port", String.valueOf(proxy.port())};
    }

    private Outcome run(Work work) {
        return way.apply(work.desk(), work.words().toArray(String[]::new));
    }

    private void migration(String name, String transfer, int percent, Runnable arm) {
        List<String> history = new ArrayList<>();
        Map<String, Integer> before = injected();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("round", name);
        line.put("transfer", transfer);
        line.put("percent", percent);
        RestoreWork restore = restore(name);
        try {
            for (Work work : List.of(backup(name, transfer), new Tuned(restore, "transfer=" + transfer))) {
                arm.run();
                line.put(work.job(), done(work, history));
            }
            line.put("result", "right");
            ground.drop(restore.restored());
            assertThat(run(new DeleteWork(ground, ground.source(), name))).returns(0, Outcome::exitCode);
        } catch (AssertionError | RuntimeException e) {
            lift();
            line.put("result", "wrong");
            line.put("why", String.valueOf(e.getMessage()));
            String told = "migration %s, seed %d: %s%n  %s".formatted(name, seed, e, String.join("\n  ", history));
            wrong.add(told);
            System.out.println("WRONG  " + told);
        }
        line.put("faults", difference(before, injected()));
        journal.write(line);
    }

    /** The exit codes until it was done, such as {@code 5, 0}. */
    private String done(Work work, List<String> history) {
        Outcome first = run(work);
        lift();
        history.add("%s under faults: %s".formatted(work.job(), first));
        assertThat(DOCUMENTED).as("exit codes of README%n%s", first).contains(first.exitCode());
        if (first.exitCode() == 0) {
            // It ended right, says that one file is left, and takes it away when it is run again.
            if (first.output().contains("lease could not be given back")) {
                assertThat(run(work)).as("again, for the lease").returns(0, Outcome::exitCode);
            }
            work.requireRight();
            return "0";
        }
        assertThat(first.errors())
                .as("the reason of exit code %d", first.exitCode())
                .isNotBlank();
        work.requireHonest();
        Outcome second = run(work);
        history.add("%s without faults: %s".formatted(work.job(), second));
        assertThat(second).as("again without faults").returns(0, Outcome::exitCode);
        work.requireRight();
        return first.exitCode() + ", 0";
    }

    private void lift() {
        proxy.lift();
        servers.forEach(server -> server.faults().clear());
    }

    private static Map<String, Integer> difference(Map<String, Integer> before, Map<String, Integer> after) {
        Map<String, Integer> more = new TreeMap<>(after);
        before.forEach((what, count) -> more.merge(what, -count, Integer::sum));
        more.values().removeIf(count -> count == 0);
        return more;
    }

    @Override
    public void close() {
        proxy.close();
    }
}
