package io.migrator.process;

import java.util.Random;

/** Randomness that can be had again: {@code -Dmigrator.seed} or the clock, printed either way. */
public final class Seed {
    private Seed() {}

    static Random random(String what) {
        return new Random(of(what));
    }

    public static long of(String what) {
        long seed = Long.getLong("migrator.seed", System.nanoTime());
        System.out.println("seed of " + what + ": " + seed + " (again by -Dmigrator.seed=" + seed + ")");
        return seed;
    }
}
