package io.migrator.transfer;

import io.migrator.store.StoredObject;

/** One object to copy between two buckets. */
public record CopyRequest(StoredObject source, String targetKey) {}
