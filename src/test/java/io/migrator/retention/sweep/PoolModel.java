package io.migrator.retention.sweep;

import io.migrator.config.StorageConfig;
import io.migrator.format.own.OwnJson;
import io.migrator.format.pool.PoolNote;
import io.migrator.lab.LocalFolders;
import io.migrator.retention.sweep.ModelActor.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;

/** One schedule: who is at work in a vault, when, and in which order their requests come, all of it told by a seed. */
final class PoolModel {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final StorageConfig CONFIG =
            new LocalFolders(Path.of("/nowhere")).storage(StorageConfig.Side.VAULT, "vault", "");

    private final long seed;
    private final Turns turns;
    private final ModelCheck check;
    private Optional<String> broken = Optional.empty();

    private PoolModel(long seed, Turns turns, ModelSource source) {
        this.seed = seed;
        this.turns = turns;
        this.check = new ModelCheck(NAMES, source);
    }

    /**
     * What came of a schedule.
     *
     * @param broken what was wrong, with the seed and all requests before; empty where nothing was
     */
    record Outcome(Optional<String> broken, int completed, int requests) {}

    static Outcome run(long seed, Mutant mutant, ExecutorService threads) throws IOException, InterruptedException {
        Random random = new Random(seed * 0x9e3779b97f4a7c15L);
        ModelSource source = new ModelSource(random);
        PoolModel model = new PoolModel(seed, new Turns(random), source);
        ModelVault[] vault = new ModelVault[1];
        vault[0] = new ModelVault(random, key -> model.look(vault[0], key));
        vault[0].put(ModelActor.POOL.note(), OwnJson.write(new PoolNote(1, Instant.EPOCH, "migrator", "1")));
        World world = new World(vault[0], CONFIG, mutant);
        model.people(world, source, random);
        model.turns.run(threads);
        return new Outcome(model.broken.map(model::told), model.check.completed(), model.turns.steps());
    }

    /** One backup takes over what another has, which is deleted at the same time, beside a sweep. */
    private void handingOver(World world, ModelSource source, Random random) {
        add("backup-0-of-d", 0, random, new ModelWriter(world, "d", source, random));
        int begin = 40 + random.nextInt(30);
        int late = random.nextBoolean() ? 0 : 30 + random.nextInt(60);
        add("sweep-0", begin + late + random.nextInt(40), random, new ModelDeleter(world, List.of(), true));
        add("backup-1-of-a", begin + random.nextInt(40), random, new ModelWriter(world, "a", source, random));
        if (random.nextInt(3) == 0) {
            add("human", begin + random.nextInt(60), random, new ModelHuman(world, "d"));
        } else {
            add("delete-0", begin + random.nextInt(60), random, new ModelDeleter(world, List.of("d"), false));
        }
        if (random.nextBoolean()) {
            add("backup-2-of-b", begin + random.nextInt(90), random, new ModelWriter(world, "b", source, random));
            add("expire-0", begin + random.nextInt(90), random, new ModelDeleter(world, List.of("a"), true));
        }
    }

    private void people(World world, ModelSource source, Random random) {
        if (random.nextInt(3) == 0) {
            handingOver(world, source, random);
            return;
        }
        // A first backup or two, so that there is something to share and to delete.
        int writers = 3 + random.nextInt(4);
        for (int each = 0; each < writers; each++) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            int begin = each * random.nextInt(90);
            add("backup-" + each + "-of-" + name, begin, random, new ModelWriter(world, name, source, random));
        }
        int deleters = 1 + random.nextInt(3);
        for (int each = 0; each < deleters; each++) {
            List<String> names = new ArrayList<>();
            for (int which = random.nextInt(3); which >= 0; which--) {
                names.add(NAMES.get(random.nextInt(NAMES.size())));
            }
            boolean sweeps = random.nextInt(4) > 0;
            int begin = 40 + random.nextInt(350);
            add((sweeps ? "expire-" : "delete-") + each, begin, random, new ModelDeleter(world, names, sweeps));
        }
        for (int each = random.nextInt(3); each > 0; each--) {
            add("sweep-" + each, 60 + random.nextInt(400), random, new ModelDeleter(world, List.of(), true));
        }
        if (random.nextInt(4) == 0) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            add("human", 60 + random.nextInt(300), random, new ModelHuman(world, name));
        }
    }

    private void add(String name, int begin, Random random, ModelActor who) {
        double dying = random.nextInt(3) == 0 ? 0.01 : 0;
        double sleeping = random.nextInt(2) == 0 ? 0.015 + random.nextInt(3) * 0.01 : 0;
        who.is(turns.actor(name, begin, dying, sleeping, who));
    }

    private void look(ModelVault vault, String key) {
        if (broken.isEmpty() && vault != null) {
            broken = check.look(vault, key);
            if (broken.isPresent()) {
                turns.stop();
            }
        }
    }

    private String told(String fault) {
        return "seed " + seed + ": " + fault + "\n" + String.join("\n", turns.trace());
    }
}
