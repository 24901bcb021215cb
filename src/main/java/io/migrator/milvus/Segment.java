package io.migrator.milvus;

/**
 * A sealed, persistent segment.
 *
 * @param rows rows before deletes
 */
public record Segment(long id, long collectionId, long partitionId, long rows, boolean level0, long storageVersion) {}
