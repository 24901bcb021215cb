package io.migrator.catalog;

import io.migrator.lease.Fence;

/** What whoever deletes a backup does on the way; each method may end the deletion by failing. */
public interface Deletion {
    /** Of one that nobody can be reading, in a vault of which nobody sweeps the pool. */
    Deletion ALONE = new Deletion() {};

    /** Once, when the backup does not count as complete any more and nothing is deleted yet; where it fails the backup is as it was. */
    default void marked() {}

    /** The right to delete a backup that has units in the pool, taken once, before anything of one is deleted. */
    default Fence pool() {
        return Fence.NONE;
    }

    /**
     * Once, when nothing but the marker is left, so that what is done here is done again where it is interrupted.
     *
     * @param maybeUnits whether units of the pool may have lost their last backup
     */
    default void emptied(boolean maybeUnits) {}
}
