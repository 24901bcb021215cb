package io.migrator.copy;

import io.migrator.store.StoredObject;

/**
 * A row of the copy plan.
 *
 * @param sequence position in the plan; never changes
 * @param owner collection the object belongs to
 * @param segment segment the object belongs to
 * @param targetEtag entity tag of the copy, empty until it was made
 */
public record PlannedCopy(
        long sequence,
        long owner,
        long segment,
        StoredObject source,
        String targetKey,
        State state,
        String targetEtag) {
    /** How far a row is; the names are what the table holds. */
    public enum State {
        PLANNED,
        COPIED,
        VANISHED
    }

    PlannedCopy copied(String etag) {
        return new PlannedCopy(sequence, owner, segment, source, targetKey, State.COPIED, etag);
    }

    PlannedCopy vanished() {
        return new PlannedCopy(sequence, owner, segment, source, targetKey, State.VANISHED, "");
    }
}
