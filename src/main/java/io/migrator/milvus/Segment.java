package io.migrator.milvus;

/**
 * A sealed, persistent segment.
 *
 * @param rows rows before deletes
 */
public record Segment(long id, long collectionId, long partitionId, long rows, boolean level0, long storageVersion) {
    /** Whether it can hold nothing but deletes: it is of level 0, or has no rows, where a server does not tell levels. */
    public boolean deletesOnly() {
        return level0 || rows == 0;
    }

    /** The same, known to hold nothing but deletes. */
    public Segment asLevel0() {
        return new Segment(id, collectionId, partitionId, rows, true, storageVersion);
    }
}
