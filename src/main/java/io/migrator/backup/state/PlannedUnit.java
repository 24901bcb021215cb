package io.migrator.backup.state;

import io.migrator.format.pool.Unit;

/**
 * A unit of the pool that an incremental backup is to be made of.
 *
 * @param parent number of the {@link UnitParent} it is taken from; {@link #OWN} where this backup writes it
 * @param objects and {@code bytes}: what it holds
 */
public record PlannedUnit(Unit unit, int parent, State state, long objects, long bytes) {
    public static final int OWN = 0;

    /** How far a unit is; the names are what the table holds. */
    public enum State {
        /** What a parent's manifest says of its objects was not looked at yet. */
        PLANNED,
        /** The plan has it. */
        KNOWN,
        /** The backup's list of units names it, and did so while its parent was there: nobody deletes it any more. */
        HELD
    }

    public boolean own() {
        return parent == OWN;
    }
}
