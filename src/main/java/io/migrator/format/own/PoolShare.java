package io.migrator.format.own;

import io.migrator.format.Copies;
import java.util.List;

/**
 * What an incremental backup took from earlier ones, and what it copied itself.
 *
 * @param run what the names of its own units end with
 * @param parents the backups that units were taken from
 * @param copied into units of its own
 * @param shared units that were there
 */
public record PoolShare(String run, List<Parent> parents, Amount copied, Amount shared) {
    public PoolShare {
        run = Copies.of(run);
        parents = Copies.of(parents);
    }

    /** A backup, and the run that made it. */
    public record Parent(String name, String runId) {
        public Parent {
            name = Copies.of(name);
            runId = Copies.of(runId);
        }
    }

    /** How much that is. */
    public record Amount(long units, long objects, long bytes) {}
}
