package io.migrator.copy;

import io.migrator.format.checksum.Checksum;
import io.migrator.store.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * A row of the copy plan.
 *
 * @param sequence position in the plan; never changes
 * @param owner collection the object belongs to
 * @param segment segment the object belongs to
 * @param targetEtag entity tag of the copy, empty until it was made
 * @param checksum of the copy; until it was made what the source must have; null where none is known
 */
public record PlannedCopy(
        long sequence,
        long owner,
        long segment,
        StoredObject source,
        String targetKey,
        State state,
        String targetEtag,
        @Nullable Checksum checksum) {
    private static final long NO_ROW = -1;

    /** How far a row is; the names are what the table holds. */
    public enum State {
        PLANNED,
        COPIED,
        VANISHED
    }

    /** The source, with the checksum that it must have where that is known. */
    public StoredObject expected() {
        return source.withChecksum(checksum);
    }

    /** The same row once its copy is there. */
    public PlannedCopy copied(StoredObject target) {
        return new PlannedCopy(
                sequence, owner, segment, source, targetKey, State.COPIED, target.etag(), target.checksum());
    }

    /** A file that is there already, and is in no plan. */
    public static PlannedCopy there(
            long owner, long segment, StoredObject source, String targetKey, StoredObject target) {
        return new PlannedCopy(
                NO_ROW, owner, segment, source, targetKey, State.COPIED, target.etag(), target.checksum());
    }

    /** A file of which nobody has said yet that it is there; it is in no plan either. */
    public static PlannedCopy notThere(long owner, long segment, StoredObject source, String targetKey) {
        return new PlannedCopy(NO_ROW, owner, segment, source, targetKey, State.PLANNED, "", null);
    }

    PlannedCopy vanished() {
        return new PlannedCopy(sequence, owner, segment, source, targetKey, State.VANISHED, "", null);
    }
}
