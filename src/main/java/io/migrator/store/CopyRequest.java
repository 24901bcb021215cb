package io.migrator.store;

/** One object to copy between two buckets. */
public record CopyRequest(StoredObject source, String targetKey) {}
