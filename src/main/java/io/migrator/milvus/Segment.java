package io.migrator.milvus;

/**
 * A sealed, persistent segment.
 *
 * @param rows rows before deletes
 */
public record Segment(long id, long collectionId, long partitionId, long rows, boolean level0, long storageVersion) {
    /** The same, known to hold nothing but deletes. */
    public Segment asLevel0() {
        return new Segment(id, collectionId, partitionId, rows, true, storageVersion);
    }
}
